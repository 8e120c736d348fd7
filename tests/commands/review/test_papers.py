"""Papers on the page of `radiary review` as programs meet it: what is shown, and what becomes of what is said."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import exports
from papers import STYLES
from radiary.commands.held.pictures import HeldPictures
from radiary.commands.review import paper_wishes
from radiary.commands.review.desk import Desk
from radiary.commands.review.paper_wishes import PaperWish
from radiary.commands.review.papers import Papers
from radiary.documents.reading import Reading, Value
from radiary.model.errors import Unusable
from radiary.settings import Settings
from reviewing import get, page_of, settled, told
from services import Service

HERS = {"PatientName": "Quillemans^Roos", "PatientBirthDate": "19581123", "PatientID": "Q-4411"}


@pytest.fixture
def service(tmp_path: Path) -> Service:
    made = Service(tmp_path, workers=1)
    exports.zipped(made.downloads / "a.zip", exports.ct_files(1, **HERS))
    (made.downloads / "b.pdf").write_bytes(STYLES["dutch"]()[0])
    assert made.command("once", str(made.downloads / "a.zip"), str(made.downloads / "b.pdf")).returncode == 0
    return made


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    with page_of(service) as address:
        yield address


def say(address: str, **wish: Any) -> dict[str, Any]:
    with urllib.request.urlopen(address + "paper", data=json.dumps(wish).encode()) as answer:
        return dict(json.load(answer))


def refused(place: str, data: bytes | None = None) -> int:
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(place, data=data)
    error.value.close()
    return error.value.code


def test_a_paper_is_shown_with_a_box_for_each_row_and_to_nobody_else(service: Service, address: str) -> None:
    uid = told(address + "items")["items"][0]["id"]
    about = told(address + f"paper/{uid}")
    assert (about["kind"], about["day"], about["pages"]) == ("blood-analysis", "2024-03-05", 1)
    assert {"row": 4, "name": "CRP", "value": "<0.5", "unit": "mg/L", "ticked": True}.items() <= about["rows"][3].items()
    assert get(address + f"page/{uid}/0").startswith(b"\x89PNG")
    places = told(address + f"places/{uid}/0")["rows"]
    assert len(places) == len(about["rows"]) == 8
    assert all(0 < x0 < x1 < 1 and 0 < y0 < y1 < 1 for x0, y0, x1, y1 in places.values())
    root = address[: address.index("/", 8) + 1]
    for place in (f"{root}page/{uid}/0", address + f"page/{uid}/1", address + f"page/{uid}/-1", address + f"page/{uid}/0/x"):
        assert refused(place) == 404
    assert refused(address + "paper/2.25.1") == 404
    assert refused(address + "paper", b'{"does": "burn"}') == 400
    assert refused(root + "paper", b'{"does": "discard"}') == 404
    assert told(address + "states")["states"] == {}


def test_a_paper_that_is_damaged_says_so_and_can_be_discarded(service: Service, address: str) -> None:
    uid = told(address + "items")["items"][0]["id"]
    (path,) = (service.folder / "private").rglob("paper.pdf")
    path.write_bytes(b"%PDF-1.4 nothing")
    assert "damaged" in told(address + f"paper/{uid}")["trouble"]
    assert say(address, does="discard", paper=uid)["says"]
    assert settled(address)["errors"] == {}
    assert told(address + "items")["items"] == []


def test_what_she_confirmed_may_be_damaged_and_all_else_goes_on(service: Service, address: str) -> None:
    uid = told(address + "items")["items"][0]["id"]
    assert say(address, does="confirm", paper=uid, rows=[{"row": 4}])["states"][uid]["decision"] == "confirmed"
    (service.folder / "state/papers").write_bytes(b"damaged")
    assert "Put it back from a backup" in told(address + "states")["errors"][uid]
    assert [item["id"] for item in told(address + "items")["items"]] == [uid, "series"]
    assert told(address + "series")["series"] == []
    assert "Put it back from a backup" in told(address + "series")["trouble"]
    assert "Put it back from a backup" in told(address + f"paper/{uid}")["trouble"]
    assert "Put it back from a backup" in say(address, does="confirm", paper=uid, rows=[{"row": 4}])["refused"]


def test_what_is_confirmed_and_released_stands_in_the_chronicle_until_it_is_kept_again(service: Service, address: str) -> None:
    uid, page = told(address + "items")["items"][0]["id"], service.folder / "chronicle/index.html"
    assert say(address, does="confirm", paper=uid, rows=[{"row": 4}])["states"][uid]["decision"] == "confirmed"
    (series,) = told(address + "series")["series"]
    assert (series["name"], series["out"]) == ("CRP", False)
    assert "CRP" not in page.read_text()
    say(address, does="release", series=[series["code"]])
    settled(address)
    assert "CRP" in page.read_text()
    assert "Hemoglobine" not in page.read_text()
    say(address, does="keep", series=[series["code"]])
    settled(address)
    assert "CRP" not in page.read_text()
    say(address, does="release", series=[series["code"]])
    settled(address)
    say(address, does="withdraw", paper=uid)
    settled(address)
    assert "CRP" not in page.read_text()
    assert "refused" in say(address, does="release", series=["12345678"])
    assert "refused" in say(address, does="describe", paper=uid, kind="novel")


def test_a_scan_is_taken_only_with_a_date_that_she_looked_at(service: Service, tmp_path: Path) -> None:
    places = {name: tmp_path / name for name in ("library", "private", "chronicle", "state")}
    settings = Settings(watch=(service.downloads,), **places)
    pictures = HeldPictures(settings)
    pictures.refresh()
    papers, desk = Papers(settings, pictures), Desk(settings, pictures)
    try:
        (uid,) = papers.all()
        value = Value(name="CRP", word="negatief", doubts=("scan",))
        papers._readings[uid] = Reading(kind="document", is_scan=True, values=(value,), pages=1)
        assert papers.about(papers.all()[uid])["rows"][0]["ticked"] is False
        wish = {"does": "confirm", "paper": uid, "rows": ({"row": 1},)}
        with pytest.raises(Unusable, match="its date"):
            paper_wishes.carried_out(PaperWish.model_validate(wish), papers, desk)
        said = paper_wishes.carried_out(PaperWish.model_validate(wish | {"has_looked": True}), papers, desk)
        assert said == "Confirmed: 1 value."
    finally:
        desk.close()
        papers.close()
