"""The layout and the include for a Jekyll site, rendered by a Liquid library as Jekyll does."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from liquid import Environment, FileSystemLoader
from markdown_it import MarkdownIt

from radiary import cli
from stories import HERS, Seen


@pytest.fixture
def site(tmp_path: Path) -> Path:
    assert cli.main(["chronicle", "--jekyll", str(tmp_path)]) == 0
    return tmp_path


def rendered(site: Path, days: Any, **page: Any) -> str:
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
    values = {"page": yaml.safe_load(front) | page, "site": {"data": {"chronicle": days}}, "content": ""}
    return str(environment.get_template("layout.html").render(**values))


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
