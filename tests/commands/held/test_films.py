"""Films on the page of `radiary review`: told with their length, and shown where that is possible."""

import urllib.error
from importlib.util import find_spec
from pathlib import Path

import pytest

import exports
import filmed
from accessible import violations
from people_at_keys import Person
from radiary.commands.held import films
from reviewing import browser, get, page_of, told
from services import Service


def test_a_length_is_said_in_minutes_and_seconds() -> None:
    assert [films.clock(seconds) for seconds in (0.04, 1.4, 59.6, 65, 3600)] == ["0:01", "0:01", "1:00", "1:05", "60:00"]


def test_a_film_is_told_with_its_length_and_size_and_where_it_lies(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    exports.zipped(service.downloads / "a.zip", {"a": filmed.written(NumberOfFrames="1625")})
    assert service.command("once", str(service.downloads / "a.zip")).returncode == 0
    (film,) = (tmp_path / "private").rglob("*.mp4")
    assert film.read_bytes() == filmed.stream("h264.mp4")
    with page_of(service) as address:
        said = told(address + "items")
        (item,) = said["items"]
        assert said["states"] == {}
        assert (item["kind"], item["exam"], item["what"]) == ("film", "Endoscopy, 1 January 2024", "a film, 1:05, 64 × 48")
        assert item["lasts"] == "It lasts 1:05 (minutes:seconds)."
        assert item["where"] == f"A player of videos shows it: {film}"
        assert ("radiary[films]" in item["without"]) == (find_spec("cv2") is None)
        if find_spec("cv2"):
            assert get(address + f"film/{item['id']}").startswith(b"\x89PNG")
        missing = [f"film/{item['id']}/0/x", "film/2.25.1", f"frame/{item['id']}/0"]
        for place in missing if find_spec("cv2") else [*missing, f"film/{item['id']}"]:
            with pytest.raises(urllib.error.HTTPError) as refused:
                get(address + place)
            refused.value.close()
            assert refused.value.code == 404
    assert service.command("verify").returncode == 0


@pytest.mark.debian
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_film_on_the_page_shuts_nobody_out(tmp_path: Path, scheme: str) -> None:
    service = Service(tmp_path, workers=1)
    exports.zipped(service.downloads / "a.zip", {"a": filmed.written()})
    assert service.command("once", str(service.downloads / "a.zip")).returncode == 0
    with page_of(service) as address, browser(tmp_path / "profile") as driver:
        person = Person(driver)
        driver.get(address)
        person.until(lambda: person.text("#left") == "Nothing to decide")
        assert person.text(".film .what") == "A film, 0:01, 64 × 48"
        if find_spec("cv2"):
            person.until(lambda: driver.execute_script("return document.querySelector('.film img').naturalWidth") == 64)
        assert violations(driver, scheme) == []
