"""`radiary release`: series of values into the chronicle, and into her site's data if she wants; and out of it again."""

from collections.abc import Sequence

from radiary.chronicle import value_files
from radiary.commands import console
from radiary.commands.chronicle import bring_up_to_date, site_of
from radiary.commands.held_papers import HeldPapers
from radiary.documents import series
from radiary.documents.series import Series
from radiary.model.errors import Mistaken
from radiary.settings import Settings


def release(settings: Settings, names: Sequence[str], *, every: bool, for_site: bool, takes_back: bool) -> int:
    """Show what is released, or let series out, or keep them again; the chronicle follows. Raises Mistaken and NotNow."""
    held = HeldPapers(settings)
    try:
        known = held.series()
        if not names and not every:
            return _shown(known, series.released(held.facts.all()))
        codes = _meant(names, known, every=every)
        held.facts.add(*(series.keeping(codes) if takes_back else series.letting_out(codes, for_site=for_site)))
    finally:
        held.close()
    place = value_files.place(site_of(settings))
    if for_site and not takes_back:
        told = (
            f"They go into {place}, too." if place else "`site_data` names no site of yours, so the chronicle's page shows them."
        )
        console.out.print(told, markup=False)
    count = f"{len(codes)} series"
    console.out.print(f"{count} private again." if takes_back else f"{count} released.", markup=False)
    return bring_up_to_date(settings)


def _shown(known: Sequence[Series], released: dict[str, bool]) -> int:
    """What may be released, and what is."""
    for one in known:
        state = "private" if one.code not in released else "in the chronicle" + (" and the site" if released[one.code] else "")
        section = f"{one.section}: " if one.section else ""
        unit = f" ({one.unit})" if one.unit else ""
        console.out.print(f"{one.code}  {section}{one.name}{unit}  {state}", markup=False, soft_wrap=True)
    console.out.print(
        f"{len(released)} of {len(known)} series are released." if known else "No values are confirmed yet.", markup=False
    )
    return 0


def _meant(names: Sequence[str], known: Sequence[Series], *, every: bool) -> list[str]:
    """The codes of the series that are named, by their code or as the test is called. Raises Mistaken."""
    if every:
        return [one.code for one in known]
    codes: list[str] = []
    for name in names:
        found = [one.code for one in known if name.casefold() in (one.code, one.name.casefold())]
        if len(found) != 1:
            which = "No series is" if not found else "More than one series is"
            raise Mistaken(f"{which} called so; `radiary release` shows them with their digits.")
        codes += found
    return codes
