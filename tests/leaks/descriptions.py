"""Words inside descriptions that may stay: the person's own in every disguise, and other people's."""

from pydicom.dataset import Dataset

from leaks.elements import put
from leaks.making import Maker, Person, Study
from leaks.tokens import Mint

FIELDS = (
    (0x00081030, "LO", "CT CHEST {} with contrast"),
    (0x0008103E, "LO", "axial {} 5 mm"),
    (0x00181030, "LO", "{} thorax routine"),
    (0x00204000, "LT", "T2 FLAIR\r\n{}\r\nbrain"),
    (0x00181400, "LO", "lung {}"),
    (0x00400254, "LO", "MR knee {} left"),
    (0x00321060, "LO", "abdomen {}"),
    (0x00181000, "LO", "{}"),
    (0x00102180, "SH", "{}"),
    (0x00400007, "LO", "thorax {} scan"),
    (0x00080008, "CS", "{}"),
    (0x00180015, "CS", "{}"),
    (0x00185101, "CS", "{}"),
    (0x00080070, "LO", "{}"),
    (0x00181210, "SH", "{}"),
)
"""Study, Series Description, Protocol Name, Image Comments … with the safe words that a real one has around a name."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def own(person: Person) -> dict[str, tuple[str, ...]]:
    """Disguises of a person's name, number and birth date, by category."""
    family, given = person.name.split("^")[:2]
    year, month, day = person.birth[:4], person.birth[4:6], person.birth[6:]
    number = person.number
    return {
        "own name: plain": (f"{given} {family}", family, given),
        "own name: glued": (f"{given}{family}", family, given),
        "own name: glued to other words": (f"CHEST{family}AP", family),
        "own name: reversed": (family[::-1].lower(), given[::-1].lower()),
        "own name: hyphenated": (f"{family}-{given}", family, given),
        "own name: upper case": (f"{given} {family}".upper(), family, given),
        "own name: mixed case": ("".join(c.upper() if n % 2 else c.lower() for n, c in enumerate(family)), family),
        "own name: separators between letters": (".".join(family), ".".join(family)[:14]),
        "own name: underscores": (f"{family}_{given}", family, given),
        "own name: cut short": (family[:8],),
        "own name: with a digit": (f"{family}1", family),
        "own number: plain": (number,),
        "own number: with separators": (f"{number[:3]}.{number[3:6]}.{number[6:]}", number),
        "own number: in other words": (f"ID{number}", number),
        "own number: without its end": (number[:9],),
        "own birth date: plain": (person.birth,),
        "own birth date: with hyphens": (f"{year}-{month}-{day}",),
        "own birth date: day first": (f"{day}.{month}.{year}",),
        "own birth date: month in letters": (f"{day}{_MONTHS[int(month) - 1]}{year}",),
        "own birth date: slashes, month first": (f"{month}/{day}/{year}",),
    }


def plant(maker: Maker) -> None:
    """One person for each disguise, so that a leak tells which; the field changes from one to the next."""
    for turn in range(len(own(Person("a^b", "1" * 10, "19010101")))):
        person = _unlisted(maker.mint)
        category, texts = list(own(person).items())[turn]
        study = maker.study(person)
        made = maker.image(study)
        maker.mint.remember(category, *texts)
        for tag, vr, sentence in FIELDS[turn % 3 :: 3]:
            put(made, tag, vr, sentence.format(texts[0].upper() if vr == "CS" else texts[0])[: 16 if vr in ("CS", "SH") else 64])
        maker.add(made)
    _initials(maker)
    _numbers(maker)
    _others(maker, maker.study())


def _unlisted(mint: Mint) -> Person:
    """A person whose words are tokens of a disguise only."""
    return Person(mint.name(), mint.digits(10), mint.date())


def _initials(maker: Maker) -> None:
    """Five of them: fewer could be anything."""
    parts = [maker.mint.word().title() for _ in range(5)]
    study = maker.study(Person(f"{' '.join(parts[:2])}^{' '.join(parts[2:])}", maker.mint.digits(10), maker.mint.date()))
    made = maker.image(study)
    letters = [part[0] for part in parts]
    maker.mint.remember("own name: initials", ".".join(letters) + ".", "-".join(letters), " ".join(letters), is_whole=True)
    for tag, text in (
        (0x00081030, f"{'.'.join(letters)}."),
        (0x0008103E, f"chest {'-'.join(letters)} ap"),
        (0x00181030, " ".join(letters)),
    ):
        put(made, tag, "LO", text)
    maker.add(made)


def _numbers(maker: Maker) -> None:
    """The person's own number where numbers stay."""
    for tag, vr, form in ((0x00200012, "IS", "{}"), (0x00181147, "DS", "{}"), (0x00181149, "DS", "{}.0")):
        person = Person(maker.mint.name(), maker.mint.digits(9), maker.mint.date())
        made = maker.image(maker.study(person))
        put(made, tag, vr, form.format(person.number))
        maker.mint.remember(f"own number: in a numeric text outside the table, {form.format(vr)}", person.number)
        maker.add(made)


def _others(maker: Maker, study: Study) -> None:
    """Names that stand nowhere else in the object: no list of the person's own words holds them."""
    shapes = ("{f}^{g}", "Dr. {f}", "ref by {g} {f}", "{f}, {g}", "reported: {G}{F}", "CHEST {F}", "{f}'s patient", "tech={f}")
    for shape in shapes:
        made: Dataset = maker.image(study)
        for tag, vr, sentence in FIELDS:
            family, given = maker.mint.word().title(), maker.mint.word(syllables=4).title()
            text = family if vr == "CS" else sentence.format(shape.format(f=family, g=given, F=family.upper(), G=given.upper()))
            text = text.upper()[:16] if vr == "CS" else text[: 16 if vr == "SH" else 64]
            seen = [word for word in (family, given) if word.lower() in text.lower()]
            if seen:
                kind = {"CS": "coded strings", "SH": "short strings"}.get(vr, "descriptions")
                maker.mint.remember(f"other people in {kind}", *seen)
                put(made, tag, vr, text)
        maker.add(made)
