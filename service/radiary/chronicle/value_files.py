"""Tables beside the page, and the values in her site's data: what is there is what she released, and nothing else."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from radiary.chronicle import released_values
from radiary.chronicle.book import replace
from radiary.chronicle.released_values import Released
from radiary.chronicle.site import Site
from radiary.files import private
from radiary.language import sentence

_MADE_BY = "Radiary"
_OURS = re.compile(r"[0-9a-f]{8}\.csv")
"""Names of tables that Radiary made: codes. Others in their folder are somebody's own."""


def write(released: Sequence[Released], site: Site) -> str | None:
    """Write what is released and take away what is not any more; what she should know. Raises OSError."""
    folder = site.folder / released_values.FOLDER
    tables = {one.file: one.table for one in released}
    if tables:
        private.folder(folder)
    for path in folder.iterdir() if folder.is_dir() else ():
        if _OURS.fullmatch(path.name) and path.name not in tables:
            path.unlink()
    for name, table in tables.items():
        replace(folder / name, table.encode())
    if not tables and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    return _into_site(released, site)


def _into_site(released: Sequence[Released], site: Site) -> str | None:
    path = place(site)
    if path is None or site.away():
        return None
    told = released_values.site_data(released, site.language)
    if not told and not path.exists():
        return None
    if path.exists() and not _is_ours(path):
        hers = sentence(
            "There is a file %(file)s of yours already, so the values you released are not in your site's data.", file=path.name
        )
        return hers if told else None
    if told:
        made = {"made_by": _MADE_BY, "series": told}
        replace(path, (json.dumps(made, indent=1, ensure_ascii=False) + "\n").encode())
    else:
        path.unlink()
    return None


def place(site: Site) -> Path | None:
    """Where values stand in her site's data: beside her file, called like it; None without a site of hers."""
    return site.data.with_name(f"{site.data.stem}_values.json") if site.own_data else None


def _is_ours(path: Path) -> bool:
    try:
        told = json.loads(path.read_bytes())
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("made_by") == _MADE_BY
