"""Her words, written in Markdown, as HTML: tags of her own are shown as they are written, pictures become links."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def html(text: str) -> str:
    """CommonMark without HTML."""
    return str(_parser().render(text)) if text else ""


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # here: most commands write no page

    parser = MarkdownIt("commonmark", {"html": False, "breaks": False, "xhtmlOut": False})
    parser.disable(["image"])
    parser.enable(["table", "strikethrough"])
    return parser
