"""Values that were released: on the page and in her site's data, exactly those; taken back, nowhere."""

import csv
import io
import json
import stat
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import KEY
from homes import Home
from radiary.chronicle import value_files
from radiary.chronicle.released_values import Released, views
from radiary.chronicle.site import Site
from radiary.documents.series import Point, Series
from radiary.language import ENGLISH, Language
from radiary.model.nouns import Identity
from radiary.state.paper_facts import ConfirmedValue
from radiary.state.people import People
from radiary.workers.pool import Pool
from told_values import series, tell


def page(site: Site) -> str:
    return (site.folder / "index.html").read_text()


def test_a_series_stands_on_the_page_with_chart_table_file_and_at_its_days(tmp_path: Path, pool: Pool) -> None:
    site = Site(tmp_path / "chronicle")
    assert tell(site, pool, Released(series())) is None
    text = page(site)
    assert text.count('<svg class="chart"') == 1
    assert "2 values from 2 September 2023 to 12 January 2024" in text
    assert "The band is the printed range, &lt;5,0." in text
    for day, words in (("2023-09-02", "CRP: &lt;0.5 mg/L [&lt;5,0]"), ("2024-03-05", "CRP: hemolytisch")):
        assert words in text[text.index(f'id="d{day}"') :]
    assert text.count("<h3>Blood analysis</h3>") == 3
    path = site.folder / "values/1a2b3c4d.csv"
    assert 'href="values/1a2b3c4d.csv"' in text
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    assert [(row["date"], row["comparator"] + row["value"], row["flag"]) for row in rows] == [
        ("2023-09-02", "<0.5", ""),
        ("2024-01-12", "12.1", "H"),
        ("2024-03-05", "", ""),
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_ranges_that_differ_are_no_band(tmp_path: Path, pool: Pool) -> None:
    site, one = Site(tmp_path / "chronicle"), series()
    other = one.points[1].value.model_copy(update={"high": Decimal(8), "range": "<8,0"})
    one.points[1] = Point(other, "2.25.8")
    tell(site, pool, Released(one))
    assert '<rect class="range"' not in page(site)
    assert "&lt;8,0" in page(site)


def test_what_is_taken_back_goes_though_her_file_has_a_mistake_and_her_own_tables_stay(tmp_path: Path, pool: Pool) -> None:
    site = Site(tmp_path / "chronicle")
    tell(site, pool, Released(series()))
    (site.folder / "values/mine.csv").write_text("1,2")
    (site.folder / "chronicle.yml").write_text("- date: [")
    assert tell(site, pool) is not None
    assert [path.name for path in (site.folder / "values").iterdir()] == ["mine.csv"]


def test_what_is_taken_back_is_nowhere(tmp_path: Path, pool: Pool) -> None:
    site = Site(tmp_path / "chronicle")
    tell(site, pool, Released(series()), Released(series("Ferritine", "00000001")))
    tell(site, pool, Released(series("Ferritine", "00000001")))
    assert "CRP" not in page(site)
    assert [path.name for path in (site.folder / "values").iterdir()] == ["00000001.csv"]
    tell(site, pool)
    assert "Ferritine" not in page(site)
    assert not (site.folder / "values").exists()
    assert "Blood analysis" not in page(site)


def test_only_what_is_meant_for_it_goes_into_her_site_and_out_of_it_again(tmp_path: Path, pool: Pool) -> None:
    site = Home(tmp_path, pool).site
    tell(site, pool, Released(series(), for_site=True), Released(series("Ferritine", "00000001")))
    path = value_files.place(site)
    assert path == tmp_path / "site/_data/story_values.json"
    told = json.loads(path.read_text())
    assert [(one["name"], [point["printed"] for point in one["points"]]) for one in told["series"]] == [
        ("CRP", ["<0.5", "12.1 H", "hemolytisch"])
    ]
    assert told["series"][0]["chart"].startswith("<svg")
    tell(site, pool, Released(series("Ferritine", "00000001")))
    assert not path.exists()


def test_a_file_of_hers_of_the_same_name_is_left_alone(tmp_path: Path, pool: Pool) -> None:
    site = Home(tmp_path, pool).site
    path = value_files.place(site)
    assert path is not None
    path.write_text('{"mine": 1}')
    note = tell(site, pool, Released(series(), for_site=True))
    assert path.read_text() == '{"mine": 1}'
    assert note is not None
    assert "story_values.json" in note


def test_a_series_that_names_somebody_is_not_shown_and_keeps_no_other_one_away(tmp_path: Path, pool: Pool) -> None:
    site, people = Site(tmp_path / "chronicle"), People(tmp_path / "people", KEY)
    people.learn({"P-A": Identity("Quillemans^Roos", "19581123", "Q-4411", "")}, {})
    note = tell(site, pool, Released(series("Test Quillemans")), Released(series("Ferritine", "00000001")), people=people)
    assert "Ferritine" in page(site)
    assert "Quillemans" not in page(site)
    assert [path.name for path in (site.folder / "values").iterdir()] == ["00000001.csv"]
    assert note is not None
    assert "keep it private" in note


@pytest.mark.parametrize(("code", "word"), [("nl", "Waarden"), ("fr", "Valeurs"), ("de", "Werte")])
def test_the_page_says_it_in_her_language(tmp_path: Path, pool: Pool, code: str, word: str) -> None:
    site = Site(tmp_path / "chronicle", language=Language(code))
    tell(site, pool, Released(series()))
    assert f'<h2 id="values">{word}</h2>' in page(site)
    assert "hemolytisch" in page(site)[page(site).index('id="d2024-03-05"') :]


def test_samples_of_one_day_are_told_apart_by_their_hours() -> None:
    sampled = ((date(2024, 3, 4), "07:55"), (date(2024, 3, 5), "06:10"), (date(2024, 3, 5), "17:20"))
    values = [ConfirmedValue(name="Kalium", number=Decimal(4), unit="mmol/L", day=day, time=time) for day, time in sampled]
    kalium = Series("1a2b3c4d", "P-A", "Kalium", "", "mmol/L", "", [Point(one, "2.25.7") for one in values])
    (view,) = views([Released(kalium)], ENGLISH, shows_people=False)
    assert [row.words for row in view.rows] == ["4 March 2024", "5 March 2024 06:10", "5 March 2024 17:20"]
    assert "5 March 2024 17:20" in view.chart
