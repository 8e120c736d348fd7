"""The layout and the include for a Jekyll site, rendered by a Liquid library as Jekyll does."""

import datetime
import hashlib
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from liquid import Environment, FileSystemLoader
from markdown_it import MarkdownIt

import told_values
from radiary import cli
from radiary.chronicle.released_values import Released, site_data
from radiary.language import ENGLISH
from stories import HERS, Seen


@pytest.fixture
def site(tmp_path: Path) -> Path:
    assert cli.main(["chronicle", "--jekyll", str(tmp_path)]) == 0
    return tmp_path


def rendered(site: Path, days: Any, *, values: Any = None, **page: Any) -> str:
    """The page, with Jekyll's own filters; its `include` tag takes a name without quotation marks."""
    layout = (site / "_layouts/radiary-chronicle.html").read_text()
    assert "{% include radiary-chronicle.html %}" in layout
    (site / "_includes/layout.html").write_text(
        layout.replace("{% include radiary-chronicle.html %}", "{% include 'radiary-chronicle.html' %}")
    )
    environment = Environment(loader=FileSystemLoader(site / "_includes"))
    environment.add_filter("markdownify", lambda text: MarkdownIt("commonmark", {"html": True}).enable("table").render(str(text)))
    environment.add_filter("relative_url", lambda path: f"/base{path}")
    _, front, _ = (site / "chronicle.md").read_text().split("---\n")
    data = {"chronicle": days} | ({"chronicle_values": values} if values else {})
    given = {"page": yaml.safe_load(front) | page, "site": {"data": data}, "content": ""}
    return str(environment.get_template("layout.html").render(**given))


def test_every_key_of_the_documented_form_is_shown_and_nothing_hostile_does_anything(site: Path) -> None:
    text = rendered(site, yaml.safe_load(HERS.replace(', "../../etc/passwd", "/etc/passwd"', "")))
    seen = Seen(text)
    assert next(one["src"] for one in seen.every("img")) == "/base/assets/chronicle/2023-10-17/scan1.jpg"
    assert len(seen.every("script")) == 0
    assert len(seen.every("img")) == 11
    assert not [one for one in seen.every("img") if "onerror" in one]
    assert "<em>lump</em>" in text
    assert "where it was" in text
    assert "left breast" in text
    assert "14 November 2023" in text
    assert "a secret" not in text
    assert "{{ site.title }}" in text
    assert 'datetime="2023-10-17"' in text


def test_a_sealed_day_and_what_is_sealed_in_other_words_are_on_no_page(site: Path) -> None:
    day = {"date": "2024-01-01", "events": [{"title": "shown"}, {"title": "a secret", "sealed": "yes"}]}
    text = rendered(site, [day, {"date": "2024-01-02", "sealed": True, "events": [{"title": "a secret"}]}])
    assert ("shown" in text, "a secret" in text) == (True, False)


def test_a_day_of_which_all_is_sealed_has_no_heading(site: Path) -> None:
    text = rendered(site, [{"date": "2024-01-02", "events": [{"title": "a secret", "sealed": True}]}, {"date": "2024-01-03"}])
    assert ("2024-01-02" in text, "2024-01-03" in text) == (False, True)


def test_what_is_no_whole_day_is_shown_as_she_wrote_it_and_is_no_time(site: Path) -> None:
    written = ("2018", "2024-02", "May", "today", "the summer of 2019", "01.03.2024")
    days = [{"date": date, "events": [{"title": "x", "until": date}]} for date in (2018, *written)]
    text = rendered(site, days)
    assert re.findall(r"<h2>(.*?)</h2>", text) == ["2018", *written]
    assert [one.strip() for one in re.findall(r"radiary-tags\">– (.*?)</p>", text)] == ["2018", *written]
    assert "dthe-summer-of-2019" in [one.get("id") for one in Seen(text).every("section")]
    whole = rendered(site, [{"date": "2024-1-5", "events": [{"until": datetime.date(2024, 2, 1)}]}, {"date": "2024-01-06 10:30"}])
    assert re.findall('datetime="([^"]*)">([^<]*)', whole) == [("2024-01-05", "5 January 2024"), ("2024-01-06", "6 January 2024")]
    assert "– 1 February 2024" in whole


@pytest.mark.parametrize(
    "days",
    [
        [],
        None,
        {"days": [{"date": datetime.date(2024, 1, 1), "events": [{"title": "one"}]}]},
        [{"date": "2024-01-01"}, {"date": datetime.date(2024, 1, 2), "events": None}],
        [{"date": datetime.date(2024, 1, 1), "events": [{"title": "", "description": None, "images": [], "folder": None}]}],
    ],
)
def test_every_state_of_a_file_is_rendered(site: Path, days: Any) -> None:
    text = rendered(site, days)
    assert "<h1>Chronicle</h1>" in text
    assert ("one" in text) == isinstance(days, dict)


def test_a_page_that_its_owner_changed_is_left_as_it_is(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, layout = site / "chronicle.md", site / "_layouts/radiary-chronicle.html"
    page.write_text("mine")
    layout.unlink()
    assert cli.main(["chronicle", "--jekyll", str(site)]) == 0
    assert page.read_text() == "mine"
    assert layout.exists()
    assert "left as it is" in capsys.readouterr().out


def test_a_page_of_a_former_version_is_renewed_and_one_of_them_that_she_changed_is_not(site: Path) -> None:
    layout = site / "_layouts/radiary-chronicle.html"
    now = layout.read_text()
    former = "".join(line for line in now.splitlines(keepends=True) if not line.startswith(".radiary-values"))
    for written, then in ((former, now), (f"{former}<!-- mine -->", f"{former}<!-- mine -->")):
        layout.write_text(written)
        assert cli.main(["chronicle", "--jekyll", str(site)]) == 0
        assert layout.read_text() == then


@pytest.mark.parametrize("name", ["include.html", "layout.html", "page.md"])
def test_every_page_that_was_ever_shipped_is_known_again(name: str) -> None:
    shipped = resources.files("radiary.chronicle").joinpath("jekyll_site")
    digest = hashlib.sha256(shipped.joinpath(name).read_bytes()).hexdigest()
    assert f"{digest}  {name}" in shipped.joinpath("known.sha256").read_text().splitlines()


def test_values_that_were_released_for_the_site_are_shown_below_its_days(site: Path) -> None:
    made = told_values.series("CRP <script>alert(1)</script>")
    told = {"made_by": "Radiary", "series": site_data([Released(made, for_site=True)], ENGLISH)}
    text = rendered(site, [{"date": "2024-01-01", "events": [{"title": "one"}]}], values=told)
    seen = Seen(text)
    assert text.index("<h3>one</h3>") < text.index("<svg")
    assert (len(seen.every("svg")), len(seen.every("tr")), len(seen.every("script"))) == (1, 3, 0)
    assert "12.1 H" in text
    assert "12 January 2024" in text
