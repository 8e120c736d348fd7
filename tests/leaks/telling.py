"""Findings as tables and sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from leaks.burned import Stain
from leaks.making import Planted
from leaks.opening import holder
from leaks.searching import Leak
from leaks.tokens import categories
from leaks.utility import Fault


def table(export: Planted, leaks: Sequence[Leak]) -> str:
    """Category × planted × leaked."""
    leaked = counted(leaks)
    lines = [f"{'category':<70} planted  leaked"]
    for category, tokens in sorted(categories(export.tokens).items()):
        kept = "   (kept)" if tokens[0].is_kept else ""
        lines.append(f"{category:<70} {len(tokens):>7} {leaked[category]:>7}{kept}")
    lines.append(
        f"{'all ' + str(len(categories(export.tokens))) + ' categories':<70} {len(export.tokens):>7} {sum(leaked.values()):>7}"
    )
    return "\n".join(lines)


def counted(leaks: Iterable[Leak]) -> Counter[str]:
    """Tokens that leaked, by category."""
    return Counter(category for category, _ in {(leak.token.category, leak.token) for leak in leaks})


def places(leaks: Iterable[Leak], files: Mapping[str, bytes], each: int = 3) -> list[str]:
    """A category's first leaks with file, attribute and form."""
    told: Counter[str] = Counter()
    lines = []
    for leak in leaks:
        category = leak.token.category
        told[category] += 1
        if told[category] <= each:
            name = leak.place.split(": ")[0]
            attribute = holder(files.get(name, b""), leak.token.texts)
            lines.append(f"{category}: {leak.token.shown} in {leak.place} {attribute} ({leak.form})")
    return lines


def stained(export: Planted, stains: Sequence[Stain]) -> str:
    """Kind of picture × texts × seen by comparison × seen by recognition."""
    texts = Counter(file.kind for file in export.files for _ in file.inks)
    drawn = Counter(kind for kind, _ in {(one.kind, one.text) for one in stains if one.how.startswith("its")})
    told = Counter(kind for kind, _ in {(one.kind, one.text) for one in stains if not one.how.startswith("its")})
    lines = [f"{'burned-in text':<70}   texts    seen    read"]
    lines += [f"{kind:<70} {count:>7} {drawn[kind]:>7} {told[kind]:>7}" for kind, count in texts.items()]
    return "\n".join(lines)


def lost(faults: Sequence[Fault]) -> list[str]:
    """Faults by what was lost, with the first place of each."""
    found = Counter(fault.what for fault in faults)
    first = {fault.what: fault.place for fault in reversed(faults)}
    return [f"{what}: {count}, as in {first[what]}" for what, count in sorted(found.items())] or ["everything useful is there"]
