"""Papers (PDF) beside images: everything on them that tells of somebody, and values and names of tests, each a token."""

import io

from reportlab.pdfgen.canvas import Canvas

from leaks.making import Maker, Person
from leaks.searching import Leak
from leaks.tokens import Mint
from leaks.utility import Fault
from services import Service

RELEASED = "paper, released: "
"""What categories begin with whose tokens are released after the first search."""
_MARK = "Qrelease"
"""What the name of the test begins with that is released."""
_PLACES = ("chronicle/",)
"""Where what is released may stand."""


def plant(maker: Maker) -> None:
    """Two analyses and a letter of somebody who is known by an image."""
    study = maker.study()
    maker.add(maker.image(study))
    for number in (1, 2):
        _add(maker, _analysis(maker.mint, study.person, number))
    _add(maker, _letter(maker.mint, study.person))


def _add(maker: Maker, data: bytes) -> None:
    name = f"{maker.mint.word('paper: folder').upper()}/{maker.mint.word('paper: file name')}.pdf"
    maker.add_bytes(data, name=name, is_object=False)


class _Sheet:
    """A page being printed, line by line."""

    def __init__(self, mint: Mint) -> None:
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=(595, 842), invariant=1)
        self._canvas.setTitle(mint.word("paper: its Title").title())
        self._canvas.setAuthor(mint.word("paper: its Author").title())
        self._y = 800

    def line(self, *cells: tuple[int, str]) -> None:
        self._canvas.setFont("Helvetica", 9)
        for x, text in cells:
            self._canvas.drawString(x, self._y, text)
        self._y -= 14

    def made(self) -> bytes:
        self._canvas.save()
        return self._file.getvalue()


def _letterhead(sheet: _Sheet, mint: Mint, person: Person) -> None:
    family, _, given = person.name.partition("^")
    born = mint.remember("paper: birth date", f"{person.birth[6:]}/{person.birth[4:6]}/{person.birth[:4]}")
    sheet.line((50, f"Laboratorium {mint.word('paper: laboratory').title()}"))
    sheet.line((50, f"{mint.word('paper: street').title()}straat 12, 2200 {mint.word('paper: town').title()}"))
    sheet.line((50, f"{family} {given}   Geboren op: {born}"))
    sheet.line((50, f"Dossier {mint.digits(10, 'paper: number of a file')}  Aanvraagnummer: {mint.digits(9, 'paper: number')}"))
    doctor = mint.name("paper: doctor").replace("^", " ")
    sheet.line((50, f"Aanvrager: dr. {doctor}   Staalname op: 05/03/2024 08:10"))


def _analysis(mint: Mint, person: Person, number: int) -> bytes:
    sheet = _Sheet(mint)
    _letterhead(sheet, mint, person)
    sheet.line((50, "Analyse"), (260, "Resultaat"), (350, "Eenheid"), (440, "Referentiewaarden"))
    for _ in range(6):
        test = mint.word("paper: name of a test").title()
        sheet.line((50, test), (260, _value(mint, "paper: value")), (350, "mg/L"), (440, "10,0 - 20,0"))
    if number == 1:
        sheet.line((50, mint.name("paper: doctor without a title").replace("^", " ")))
        test = f"{_MARK}{mint.word(RELEASED + 'name of a test')}"
        sheet.line((50, test), (260, _value(mint, RELEASED + "value")), (350, "mg/L"), (440, "10,0 - 20,0"))
    sheet.line((50, mint.word("paper: remark").title()))
    return sheet.made()


def _value(mint: Mint, category: str) -> str:
    whole, part = mint.digits(4), mint.digits(4)
    mint.remember(category, f"{whole}.{part}", f"{whole},{part}")
    return f"{whole},{part}"


def _letter(mint: Mint, person: Person) -> bytes:
    sheet = _Sheet(mint)
    _letterhead(sheet, mint, person)
    sheet.line((50, "Betreft: ontslagbrief"))
    sheet.line((50, f"Geachte collega, wij zagen {mint.word('paper: text').title()} met {mint.word('paper: text')}."))
    sheet.line((50, f"dr. {mint.name('paper: doctor').replace('^', ' ')}, tel. {mint.digits(9, 'paper: telephone')}"))
    return sheet.made()


def let_out(service: Service) -> None:
    """Confirm everything, and release one series, as their owner does."""
    for arguments in (("papers", "confirm", "--all"), ("release",)):
        said = _done(service, *arguments)
    (code,) = [line.split()[0] for line in said.splitlines() if _MARK in line]
    _done(service, "release", code)


def _done(service: Service, *arguments: str) -> str:
    done = service.command(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def beyond(leaks: list[Leak]) -> list[Leak]:
    """What stands anywhere after the release and was not released, or not for that place."""
    return [one for one in leaks if not (one.token.category.startswith(RELEASED) and one.place.startswith(_PLACES))]


def untold(leaks: list[Leak]) -> list[Fault]:
    """What was released and stands nowhere."""
    told = {one.token.category for one in leaks if one.token.category.startswith(RELEASED)}
    wanted = (RELEASED + "name of a test", RELEASED + "value")
    return [Fault("what was released is told", what) for what in wanted if what not in told]
