import os
import re
import signal
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import exports
from radiary.dicom.render import encode
from services import PATIENCE, Service
from share.given import Home, home, texts


@pytest.fixture
def here(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return home(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the first three days."""
    target = tmp_path_factory.mktemp("copies") / "for-the-doctor"
    done = home(tmp_path_factory.getbasetemp()).share("2024-01-01", "2024-01-02", "2024-01-03", to=target)
    assert done.returncode == 0, done.stderr
    return target


def test_a_copy_has_pages_a_viewer_and_every_picture_and_says_what_it_holds(copy: Path) -> None:
    assert {path.name for path in copy.iterdir()} == {"index.html", "what-it-holds.html", "page.css", "pictures", "viewer"}
    assert len(list(copy.rglob("*.webp"))) == 6 + 5 + 6
    assert len(list(copy.glob("viewer/exam-*.html"))) == 3
    told = (copy / "what-it-holds.html").read_text()
    assert re.findall(
        r'<tr><td[^>]*>(.*?)</td><td>(.*?)</td><td class="number"[^>]*>(\d+)</td><td class="number"[^>]*>(\d+)</td>', told
    ) == [
        ("Day 0", "CT, chest", "1", "6"),
        ("Day 1", "CT, chest", "1", "5"),
        ("Day 2", "Ultrasound, heart", "1", "6"),
    ]
    assert "1 picture that its owner has not released" in told


def test_every_link_and_picture_on_its_pages_is_in_it(copy: Path) -> None:
    page = (copy / "index.html").read_text()
    links = re.findall(r'(?:href|src)="([^"#]+)', page)
    assert len(links) > 9
    assert [link for link in links if not (copy / link).is_file()] == []
    for data in copy.glob("viewer/exam-*.js"):
        pictures = re.findall(r"\d\d/\d{4}\.webp", data.read_text())
        folder = re.findall(r'"folder":"([^"]+)"', data.read_text())[0]
        assert pictures
        assert all((copy / "viewer" / folder / picture).is_file() for picture in pictures)


def test_pictures_are_webp_that_shows_what_was_filed(copy: Path, here: Home) -> None:
    filed = sorted((here.library / "2024-01-02").rglob("*.png"))
    shared = next(path.parent for path in copy.rglob("0005.webp") if len(list(path.parent.iterdir())) == 5)
    for one, other in zip(filed, sorted(shared.iterdir()), strict=True):
        data = other.read_bytes()
        assert (data[:4], data[8:15]) == (b"RIFF", b"WEBPVP8")
        difference = encode.pixels_of(one.read_bytes()).astype(float) - encode.pixels_of(data)[..., 0]
        assert np.sqrt((difference**2).mean()) < 4


def test_no_date_is_in_it_and_reports_count_days(copy: Path) -> None:
    everything = "".join(texts(copy).values())
    assert not re.search(r"(?:19|20)\d\d-?\d\d-?\d\d|January|2024", everything)
    report = re.findall(r"<pre>(.*?)</pre>", everything, re.DOTALL)
    assert len(report) == 1
    assert report[0].startswith("Day 0\nImaging Measurement Report")
    assert "Length: 14 mm" in report[0]
    assert "Day 2" in report[0]


def test_nothing_in_it_leads_back(copy: Path, here: Home) -> None:
    library = "".join(path.read_text() for path in here.library.rglob("study.json"))
    names = {part for path in here.library.rglob("*") for part in re.findall(r"[a-z2-7]{8}", path.stem)}
    known = set(re.findall(r'"(?:[12](?:\.\d+){2,}|[0-9a-f]{64}|P-[A-Z0-9]+)"', library))
    assert len(known) > 70
    assert len(names) > 15
    everything = "".join((*texts(copy), *texts(copy).values(), *(str(path) for path in copy.rglob("*"))))
    assert [one for one in {one.strip('"') for one in known} | names if one in everything] == []
    assert [digest for digest in known if digest[1:13] in everything] == []
    assert "Petronella" not in everything


def test_times_and_modes_say_nothing(copy: Path) -> None:
    paths = [copy, *copy.rglob("*")]
    assert {int(path.stat().st_mtime) for path in paths} == {315_576_000}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600, 0o700}


def test_two_copies_have_no_code_in_common(copy: Path, here: Home, tmp_path: Path) -> None:
    assert here.share("2024-01-01", "2024-01-02", "2024-01-03", to=tmp_path / "other").returncode == 0
    code = re.compile(r"\b[a-z2-7]{8}\b")
    seen = [
        {one for name in texts(place) if name.startswith("viewer/") for one in code.findall(name)}
        for place in (copy, tmp_path / "other")
    ]
    assert len(seen[0] - seen[1]) == len(seen[1] - seen[0]) == 5


def test_true_days_and_png_are_there_for_who_wants_them_and_a_zip_says_nothing_of_its_making(here: Home, tmp_path: Path) -> None:
    target = tmp_path / "copy.zip"
    done = here.share("2024-01-03", "--days", "true", "--pictures", "png", to=target)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(target) as archive:
        entries = archive.infolist()
        assert {(one.date_time, one.extra, one.comment) for one in entries} == {((1980, 1, 1, 12, 0, 0), b"", b"")}
        assert [one.filename for one in entries] == sorted(one.filename for one in entries)
        archive.extractall(tmp_path / "out")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy = tmp_path / "out/shared"
    assert "Wednesday, 3 January 2024" in (copy / "index.html").read_text()
    filed = [encode.pixels_of(path.read_bytes()) for path in sorted((here.library / "2024-01-03").rglob("*.png"))]
    shared = [encode.pixels_of(path.read_bytes()) for path in sorted(copy.rglob("*.png"))]
    assert [one.tobytes() for one in filed] == [one.tobytes() for one in shared]
    assert all(path.read_bytes().count(b"IDAT") and b"pHYs" not in path.read_bytes() for path in copy.rglob("*.png"))


def test_a_drawing_of_a_recording_is_ours_and_goes_along_with_the_names_of_its_leads(here: Home, tmp_path: Path) -> None:
    done = here.share("2024-01-05", to=tmp_path / "copy")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "copy").rglob("*.webp"))) == 1


def test_a_thread_is_shared_without_what_is_sealed_in_it_and_without_her_words(here: Home, tmp_path: Path) -> None:
    done = here.share("--thread", "The long way", to=tmp_path / "copy")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "copy").rglob("*.webp"))) == 5
    everything = "".join(texts(tmp_path / "copy").values())
    assert not re.search("sealed|long way|sister|second look", everything)


@pytest.mark.parametrize(
    ("name", "why"),
    [("2024-01-04", "sealed"), ("2031-01-01", "no exam"), ("--thread=other", "the long way")],
)
def test_what_may_not_go_out_or_is_not_there_is_refused_and_nothing_written(
    here: Home, tmp_path: Path, name: str, why: str
) -> None:
    done = here.share(name, to=tmp_path / "copy")
    assert (done.returncode, why in done.stderr) == (2, True), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_stands_at_its_place_is_left_alone(here: Home, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    target.mkdir()
    done = here.share("2024-01-03", to=target)
    assert (done.returncode, "something already" in done.stderr) == (2, True)
    done = here.share("2024-01-03", to=here.library / "copy")
    assert (done.returncode, "Radiary's own" in done.stderr) == (2, True)
    assert list(tmp_path.rglob("*")) == [target]


def test_nothing_is_shared_while_her_file_cannot_be_read(here: Home, tmp_path: Path) -> None:
    data = here.place / "chronicle/chronicle.yml"
    before = data.read_text()
    data.write_text(before + "   - nonsense: [\n")
    done = here.share("2024-01-04", to=tmp_path / "copy")
    data.write_text(before)
    assert (done.returncode, "not known what you sealed" in done.stderr) == (1, True), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_she_sealed_stays_so_when_she_moves_it_to_another_day_with_its_files(here: Home, tmp_path: Path) -> None:
    data, images = here.place / "chronicle/chronicle.yml", here.place / "chronicle/images"
    before = data.read_text()
    data.write_text(before.replace("2024-01-04", "2024-05-05"))
    (images / "2024-01-04").rename(images / "2024-05-05")
    done = here.share("2024-01-04", to=tmp_path / "copy")
    (images / "2024-05-05").rename(images / "2024-01-04")
    data.write_text(before)
    assert (done.returncode, "sealed" in done.stderr) == (2, True), done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_behind_by_one_that_is_killed(here: Home, tmp_path: Path, how: int) -> None:
    line = [sys.executable, "-m", "radiary", "share", *here.service.options, "2024-01-01", "--to", str(tmp_path / "copy")]
    process = subprocess.Popen(line, stderr=subprocess.DEVNULL, start_new_session=True)
    here.service.process = None
    here.service.wait(lambda: list(tmp_path.glob(".radiary-share-*/tree/pictures/*/*/*")))
    os.kill(process.pid, how)
    process.wait(PATIENCE)
    here.service.wait(lambda: not list(tmp_path.iterdir()))


def test_a_picture_that_shows_writing_is_left_out_and_one_that_is_not_as_it_was_filed(here: Home, tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    first, second = sorted((here.library / "2024-01-02").rglob("*.png"))[:2]
    before = {path: path.read_bytes() for path in (first, second, first.parents[1] / "study.json")}
    lettered = Image.open(first).convert("L")
    ImageDraw.Draw(lettered).text((20, 60), "SYNTHETICA", fill=255, font=ImageFont.load_default(24))
    lettered.save(first)
    record = first.parents[1] / "study.json"
    import hashlib

    record.write_text(
        record.read_text()
        .replace(hashlib.sha256(before[first]).hexdigest(), hashlib.sha256(first.read_bytes()).hexdigest())
        .replace(f'"size":{len(before[first])}', f'"size":{first.stat().st_size}')
    )
    second.write_bytes(before[second][:-20])
    try:
        done = here.share("2024-01-02", to=tmp_path / "copy")
    finally:
        for path, data in before.items():
            path.write_bytes(data)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "copy").rglob("*.webp"))) == 3
    told = (tmp_path / "copy/what-it-holds.html").read_text()
    assert "1 picture in which something looked like writing" in told
    assert "1 picture that was not as it had been filed" in told


def test_a_picture_that_is_too_large_for_a_webp_is_a_png_and_called_so(tmp_path: Path) -> None:
    made = Service(tmp_path)
    tall = exports.dataset(number=2, WindowCenter=2000, WindowWidth=4000)
    files = {**exports.ct_files(1), "tall": exports.written(exports.with_pixels(tall, exports.ramp(16_400, 8), stored=12))}
    assert made.command("once", str(exports.zipped(tmp_path / "a.zip", files))).returncode == 0
    done = made.command("share", "2024-01-01", "--to", str(tmp_path / "copy"))
    assert done.returncode == 0, done.stderr
    forms = {}
    for path in (tmp_path / "copy/pictures").rglob("*.*"):
        with Image.open(path) as opened:
            forms[path.name] = (path.suffix, opened.format, opened.size[1])
    assert sorted(forms.values()) == [(".png", "PNG", 16_400), (".webp", "WEBP", 16)]
    (data,) = (tmp_path / "copy/viewer").glob("exam-*.js")
    assert set(re.findall(r"\d{4}\.\w+", data.read_text())) == set(forms)
    assert "1 picture is larger than a WebP can be, and a PNG." in (tmp_path / "copy/what-it-holds.html").read_text()
