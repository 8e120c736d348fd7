"""`radiary release`: series of values into the chronicle, and into her site's data if she wants; and out of it again."""

from collections.abc import Sequence

from radiary.chronicle import value_files
from radiary.chronicle.site import site_of
from radiary.commands.chronicle import bring_up_to_date
from radiary.commands.held.papers import HeldPapers
from radiary.commands.speaking import console, paper_sentences
from radiary.commands.speaking.spoken import count, say
from radiary.documents import series
from radiary.documents.series import Series
from radiary.language import sentence
from radiary.model.errors import Mistaken
from radiary.settings import Settings

_DIGITS = 4
"""Digits of a series that are enough, where no other one begins with them."""


def release(settings: Settings, names: Sequence[str], *, every: bool, for_site: bool, takes_back: bool) -> int:
    """Show what is released, or let series out, or keep them again; the chronicle follows. Raises Mistaken and NotNow."""
    held = HeldPapers(settings)
    try:
        known = held.series()
        if not names and not every:
            return _listed(known, series.released(held.facts.all()))
        codes = _meant(names, known, every=every)
        held.facts.add(*(series.keeping(codes) if takes_back else series.letting_out(codes, for_site=for_site)))
    finally:
        held.close()
    place = value_files.place(site_of(settings))
    if for_site and not takes_back:
        if place:
            console.say("They go into %(file)s, too.", file=place)
        else:
            console.say("`site_data` names no site of yours, so the chronicle's page shows them.")
    named = count("%(number)s series", "%(number)s series", len(codes))
    console.say("%(series)s private again." if takes_back else "%(series)s released.", series=named)
    paper_sentences.show_series([one.name for one in known if one.code in codes])
    return bring_up_to_date(settings, series=sorted(codes))


def _listed(known: Sequence[Series], released: dict[str, bool]) -> int:
    """What may be released, and what is."""
    for trend in known:
        out = say("in the chronicle and the site") if released.get(trend.code) else say("in the chronicle")
        state = out if trend.code in released else say("private")
        section = f"{trend.section}: " if trend.section else ""
        unit = f" ({trend.unit})" if trend.unit else ""
        console.out.print(f"{trend.code}  {section}{trend.name}{unit}  {state}", markup=False, soft_wrap=True)
    rows = [
        {"series": one.code, "test": one.name, "released": one.code in released, "site": released.get(one.code, False)}
        for one in known
    ]
    console.answer(series=rows)
    if known:
        out_of_these = sum(one.code in released for one in known)
        console.say("%(number)s of %(all)s series are released.", number=out_of_these, all=len(known))
    else:
        console.say("No values are confirmed yet.")
    return 0


def _meant(names: Sequence[str], known: Sequence[Series], *, every: bool) -> list[str]:
    """The codes of the series that are named, by their code or as the test is called. Raises Mistaken."""
    if every:
        return [one.code for one in known]
    codes: list[str] = []
    for name in names:
        meant = [one.code for one in known if name.casefold() in (one.code, one.name.casefold())]
        meant = meant or [one.code for one in known if len(name) >= _DIGITS and one.code.startswith(name.casefold())]
        if len(meant) != 1:
            none = sentence("No series is called so; `radiary release` shows them with their digits.")
            several = sentence("More than one series is called so; `radiary release` shows them with their digits.")
            raise Mistaken(several if meant else none)
        codes += meant
    return codes
