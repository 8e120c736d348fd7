from html.parser import HTMLParser

from radiary.chronicle import page
from radiary.chronicle.story import folded
from stories import filed, named, series

STORY = named(folded([filed("a", "2024-01-01", series("1"), series("2", 2)), filed("b", None, series("3"))]))
PICTURES = {(day.date, one.name): b"\xff\xd8jpeg" for day in STORY.days for exam in day.exams for one in exam.pictures}


class Seen(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_carries_everything_and_asks_nobody() -> None:
    text = page.rendered(STORY, PICTURES)
    seen = Seen(text)
    for tag, attributes in seen.tags:
        assert tag not in ("script", "link", "iframe", "object")
        for name in ("src", "href", "srcset", "action"):
            assert (attributes.get(name) or "data:").startswith("data:")
    assert "http://" not in text
    assert "https://" not in text
    assert "url(" not in text


def test_every_picture_has_words_of_its_own() -> None:
    alts = [attributes["alt"] for tag, attributes in Seen(page.rendered(STORY, PICTURES)).tags if tag == "img"]
    assert len(alts) == len(set(alts)) == 3


def test_days_are_closed_until_one_opens_them() -> None:
    details = [attributes for tag, attributes in Seen(page.rendered(STORY, PICTURES)).tags if tag == "details"]
    assert details == [{}, {}]


def test_a_picture_whose_file_is_gone_is_left_out() -> None:
    assert page.rendered(STORY, {}).count("<img") == 0


def test_the_same_story_gives_the_same_bytes() -> None:
    assert page.rendered(STORY, PICTURES) == page.rendered(STORY, dict(reversed(PICTURES.items())))


def test_an_empty_chronicle_says_what_to_do() -> None:
    assert "Drop an export" in page.rendered(folded([]), {})


def test_someone_elses_scans_are_pointed_out() -> None:
    two = folded([filed("a", "2024-01-01", series("1")), filed("b", "2024-01-01", series("2"), patient="P-B")])
    assert "2 different patient numbers" in page.rendered(two, {})
    assert "different patient numbers" not in page.rendered(STORY, {})


def test_pictures_that_lie_beside_the_page_are_shown_from_there_and_from_nowhere_else() -> None:
    links = {key: f"images/{key[0]}/{key[1]}" for key in PICTURES}
    seen = Seen(page.rendered(STORY, links))
    assert {attributes["src"] for tag, attributes in seen.tags if tag == "img"} == set(links.values())
    (policy,) = [one["content"] for tag, one in seen.tags if tag == "meta" and "http-equiv" in one]
    assert policy == "default-src 'none'; img-src data: 'self' file:; style-src 'unsafe-inline'"


def test_a_word_that_looks_like_a_tag_is_a_word() -> None:
    story = named(folded([filed("a", "2024-01-01", series("1", part="<script>chest"))]))
    text = page.rendered(story, {("2024-01-01", "scan1.jpg"): b"jpeg"})
    assert "<script" not in text
    assert "&lt;script&gt;chest" in text
