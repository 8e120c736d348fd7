"""Laboratory papers of made-up people in many styles, with what is printed on each."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

BORN, SAMPLED = date(1958, 11, 23), date(2024, 3, 5)
FAMILY = "Quillemans"


@dataclass(frozen=True)
class Analysis:
    """A printed test, and what is to be read of it."""

    name: str
    value: str
    unit: str
    range: str = ""
    flag: str = ""

    def asked(self, day: date | None = None) -> tuple[str, str, Decimal, str, Decimal | None, Decimal | None, str]:
        text = self.value.replace("'", "").replace(" ", "").replace(",", ".").replace("≤", "<=")
        comparator = text[: len(text) - len(text.lstrip("<>="))]
        low, high = bounds(self.range)
        level = {"+": "H", "-": "L", "++": "HH", "--": "LL", "H": "H", "L": "L", "": "", "*": "", "↑": "H", "@": ""}[self.flag]
        return self.name, comparator, Decimal(text.lstrip("<>=")), self.unit, low, high, level


def bounds(text: str) -> tuple[Decimal | None, Decimal | None]:
    plain = text.strip("()[] ").replace("'", "").replace(",", ".").replace("à", "-").replace("bis", "-").replace("tot", "-")
    if not plain:
        return None, None
    if plain[0] in "<≤":
        return None, Decimal(plain.strip("<≤= "))
    if plain[0] in ">≥":
        return Decimal(plain.strip(">≥= ")), None
    low, high = plain.replace("–", "-").split("-")
    return Decimal(low.replace(" ", "")), Decimal(high.replace(" ", ""))


@dataclass
class Paper:
    """A PDF being made, and what is to be read of it."""

    size: tuple[float, float] = A4
    asked: list[tuple[str, str, Decimal, str, Decimal | None, Decimal | None, str]] = field(default_factory=list)
    day: date | None = SAMPLED
    letters: float = 9
    font: str = "Helvetica"

    def __post_init__(self) -> None:
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=self.size, invariant=1)
        self.y = self.size[1] - 50

    def text(self, x: float, text: str, size: float = 0, *, align: str = "left", bold: bool = False) -> None:
        font = self.font.replace("Helvetica", "Helvetica-Bold") if bold else self.font
        self.canvas.setFont(font, size or self.letters)
        draw = {"left": self.canvas.drawString, "right": self.canvas.drawRightString, "middle": self.canvas.drawCentredString}[
            align
        ]
        draw(x, self.y, text)

    def line(self, *cells: tuple[float, str], step: float = 13, **how: object) -> None:
        for x, text in cells:
            self.text(x, text, **how)  # type: ignore[arg-type]
        self.y -= step

    def letterhead(self, *lines: str) -> None:
        """Lines of a letterhead, with numbers that are no values."""
        for text in ("Zorglab Testrade 12 - 2200 Herentals", f"{FAMILY} Roos   ref 815.333.051", *lines):
            self.line((50, text))
        self.y -= 12

    def tests(
        self, tests: Sequence[Analysis], columns: Sequence[float] = (50, 260, 350, 440), *, flag: float = 245, align: str = "left"
    ) -> None:
        """Rows of name, value, unit, range; the flag stands before the value."""
        for test in tests:
            self.text(columns[0], test.name)
            if test.flag:
                self.text(flag, test.flag)
            self.text(columns[1], test.value, align=align)
            self.text(columns[2], test.unit)
            self.text(columns[3], test.range)
            self.y -= 13
            self.asked.append(test.asked())

    def made(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()


NL = [
    Analysis("Hemoglobine", "13,4", "g/dL", "12,0 - 16,0"),
    Analysis("Leukocyten", "11,2", "10^9/L", "4,0-10,0", "+"),
    Analysis("Trombocyten", "98", "10^9/L", "150 - 400", "--"),
    Analysis("CRP", "<0,5", "mg/L", "<5,0"),
    Analysis("Natrium", "141", "mmol/L", "136 - 145"),
    Analysis("eGFR", ">90", "mL/min/1,73m2", ">60"),
    Analysis("25-OH vitamine D", "31,5", "ng/mL", "30 - 100"),
    Analysis("INR", "1,1", "", "0,9 - 1,2"),
]
FR = [
    Analysis("Hémoglobine", "12,9", "g/dL", "12,0 à 16,0"),
    Analysis("Créatinine", "1,31", "mg/dL", "0,50 à 0,95", "+"),
    Analysis("Ferritine", "9", "µg/L", "15 à 150", "-"),
    Analysis("Troponine T", "<3", "ng/L", "<14"),
    Analysis("Potassium", "4,2", "mmol/L", "3,5 à 5,1"),
]
DE = [
    Analysis("Hämoglobin", "13,8", "g/dl", "12,0 - 16,0"),
    Analysis("Kreatinin", "1,02", "mg/dl", "< 0,95", "+"),
    Analysis("Leukozyten", "6,1", "Tsd/µl", "4,0 - 10,0"),
    Analysis("Kalium", "3,1", "mmol/l", "3,5 - 5,1", "-"),
    Analysis("TSH basal", "2,14", "mU/l", "0,27 - 4,20"),
]
EN = [
    Analysis("Haemoglobin", "129", "g/L", "115 - 165"),
    Analysis("White cell count", "11.9", "10^9/L", "4.0 - 11.0", "H"),
    Analysis("Sodium", "131", "mmol/L", "133 - 146", "L"),
    Analysis("Ferritin", "<5", "ug/L", "15 - 200", "L"),
    Analysis("Free T4", "14.2", "pmol/L", "9.0 - 22.7"),
]
STYLES: dict[str, Callable[[], tuple[bytes, Paper]]] = {}


def style(make: Callable[[Paper], None]) -> Callable[[Paper], None]:
    def built() -> tuple[bytes, Paper]:
        paper = Paper()
        make(paper)
        return paper.made(), paper

    STYLES[make.__name__.strip("_")] = built
    return make


HEAD_NL = ((50, "Analyse"), (260, "Resultaat"), (350, "Eenheid"), (440, "Referentiewaarden"))


@style
def dutch(paper: Paper) -> None:
    paper.letterhead(
        "Geboren op: 23/11/1958", "Staalname op: 05/03/24 08:10    Ontvangst op: 06/03/24", "Afgedrukt op 07/03/2024"
    )
    paper.line(*HEAD_NL)
    paper.line((50, "HEMATOLOGIE"), bold=True)
    paper.tests(NL)


def letter() -> bytes:
    """A letter without any value, of a later day."""
    paper = Paper()
    paper.letterhead("Geboren op: 23/11/1958", "Herentals, 10/04/2024", "Betreft: ontslagbrief")
    for text in ("Geachte collega,", "Uw patiënte was bij ons opgenomen. Wij spraken over Hemoglobine 11,9.", "dr. Jan Testarts"):
        paper.line((50, text))
    return paper.made()


@style
def french(paper: Paper) -> None:
    paper.letterhead("Né(e) le 23/11/1958", "Prélevé le 05/03/2024 à 08h10", "Edité le 08/03/2024")
    paper.line((50, "Examen"), (260, "Résultat"), (350, "Unités"), (440, "Valeurs de référence"))
    paper.tests(FR)


@style
def german(paper: Paper) -> None:
    paper.letterhead("geb. am 23.11.1958", "Entnahme: 05.03.2024   Eingang: 06.03.2024", "Druckdatum: 09.03.2024")
    paper.line((50, "Untersuchung"), (260, "Ergebnis"), (350, "Einheit"), (440, "Referenzbereich"))
    paper.tests(DE)


@style
def english_with_flags_behind(paper: Paper) -> None:
    paper.letterhead("DOB: 23/11/1958", "Collected: 05-Mar-2024 08:10   Received: 06-Mar-2024")
    paper.line((50, "Test"), (230, "Result"), (290, "Flag"), (350, "Units"), (440, "Reference range"))
    paper.tests(EN, (50, 230, 350, 440), flag=292)


@style
def cumulative_with_dated_columns(paper: Paper) -> None:
    paper.letterhead("Geboortedatum 23/11/1958", "Staalname: 05/03/2024")
    paper.line((50, "Analyse"), (200, "05/03/24"), (260, "12/01/24"), (320, "02/09/23"), (390, "Eenheid"), (460, "Referentie"))
    rows = [
        ("Hemoglobine", ("13,4", "13,1", "12,8"), "g/dL", "12,0 - 16,0"),
        ("CRP", ("<0,5", "12,1", "<0,5"), "mg/L", "<5,0"),
        ("Ferritine", ("18", "<10", "22"), "µg/L", "15 - 150"),
        ("Vitamine B12", ("312", "298", "301"), "ng/L", ">200"),
    ]
    for name, values, unit, bound in rows:
        for x, text in zip((50, 200, 260, 320, 390, 460), (name, *values, unit, bound), strict=True):
            paper.text(x, text)
        paper.y -= 13
        paper.asked += [Analysis(name, value, unit, bound).asked() for value in values]


@style
def previous_columns_with_their_dates(paper: Paper) -> None:
    paper.letterhead("Date de naissance : 23/11/1958", "Date de prélèvement : 05/03/2024")
    paper.line((50, "Paramètre"), (200, "Résultat"), (280, "Unité"), (350, "Valeurs de référence"), (480, "Antériorité"), step=11)
    paper.line((480, "12/01/2024"))
    for test, previous in zip(FR, ("12,5", "1,20", "11", "<3", "4,0"), strict=True):
        paper.text(190, test.flag)
        for x, text in zip((50, 200, 280, 350, 480), (test.name, test.value, test.unit, test.range, previous), strict=True):
            paper.text(x, text)
        paper.y -= 13
        paper.asked += [test.asked(), Analysis(test.name, previous, test.unit, test.range).asked()]


@style
def side_by_side(paper: Paper) -> None:
    paper.letters = 8
    paper.letterhead("geb. 23.11.1958", "Abnahmedatum: 05.03.2024")
    heads = ("Untersuchung", "Ergebnis", "Einheit", "Referenzbereich")
    left, right = (40, 130, 175, 215), (310, 400, 445, 485)
    paper.line(*zip((*left, *right), heads * 2, strict=True))
    others = [
        Analysis("Calcium", "2,31", "mmol/l", "2,20 - 2,55"),
        Analysis("Eisen", "62", "µg/dl", "50 - 170"),
        Analysis("LDH", "188", "U/l", "< 250"),
    ]
    for one, other in zip(DE[:3], others, strict=True):
        for columns, test in ((left, one), (right, other)):
            for x, text in zip(columns, (test.name, test.value, test.unit, test.range), strict=True):
                paper.text(x, text)
            paper.text(columns[1] - 10, test.flag)
        paper.y -= 12
    paper.asked += [test.asked() for test in (*DE[:3], *others)]


@style
def sideways(paper: Paper) -> None:
    paper.canvas.rotate(90)
    paper.canvas.translate(0, -A4[0])
    paper.y = A4[0] - 50
    dutch(paper)


@style
def leader_dots(paper: Paper) -> None:
    paper.letterhead("Geboren: 23/11/1958", "Afname: 05/03/2024")
    paper.line(*HEAD_NL)
    for test in NL[:6]:
        dots = "." * 200
        while paper.canvas.stringWidth(f"{test.name} {dots}", "Helvetica", 9) > 200:
            dots = dots[1:]
        paper.tests([test])
        paper.asked.pop()
        paper.y += 13
        paper.text(50 + paper.canvas.stringWidth(f"{test.name} ", "Helvetica", 9), dots.rstrip() if not test.flag else dots[:-8])
        paper.y -= 13
        paper.asked.append(test.asked())


@style
def thousands(paper: Paper) -> None:
    paper.letterhead("Né le 23.11.1958", "Prélèvement du 05.03.2024")
    paper.line((50, "Analyse"), (260, "Résultat"), (350, "Unité"), (440, "Normes"))
    paper.tests(
        [
            Analysis("Leucocytes", "13 120", "/mm3", "4 000 à 10 000", "+"),
            Analysis("Plaquettes", "251'000", "/mm3", "150'000 - 400'000"),
            Analysis("NT-proBNP", "1 250", "ng/L", "<125", "+"),
            Analysis("Glucose", "5,4", "mmol/L", "3,9 à 5,8"),
        ]
    )


@style
def raised_powers(paper: Paper) -> None:
    paper.letterhead("Geboren 23/11/1958", "Bloedafname: 05/03/2024")
    paper.line(*HEAD_NL)
    for test in NL[:3]:
        unit = "" if "10^" in test.unit else test.unit
        paper.tests([Analysis(test.name, test.value, unit, test.range, test.flag)])
        paper.asked[-1] = test.asked()
        if not unit:
            paper.y += 13
            paper.text(350, "10")
            paper.y += 3
            paper.text(350 + paper.canvas.stringWidth("10", "Helvetica", 9), "9", 5.5)
            paper.y -= 3
            paper.text(350 + paper.canvas.stringWidth("10", "Helvetica", 9) + 3.2, "/L")
            paper.y -= 13


@style
def over_two_pages(paper: Paper) -> None:
    dutch(paper)
    paper.canvas.showPage()
    paper.y = A4[1] - 50
    paper.line((50, f"{FAMILY} Roos   Geboren op: 23/11/1958   blz. 2/2"))
    paper.line(*HEAD_NL)
    paper.tests([Analysis("Ferritine", "52", "µg/L", "15 - 150"), Analysis("ALT", "61", "U/L", "<35", "+")])


@style
def names_over_two_lines(paper: Paper) -> None:
    paper.letterhead("Geboren 23/11/1958", "Bloedafname: 05/03/2024")
    paper.line(*HEAD_NL)
    paper.tests([NL[0]])
    paper.tests([Analysis("Anti-cyclisch gecitrullineerd peptide (anti-", "3,1", "U/mL", "<7,0")])
    paper.y += 2
    paper.line((50, "CCP) antistoffen"))
    paper.asked[-1] = Analysis("Anti-cyclisch gecitrullineerd peptide (anti-CCP) antistoffen", "3,1", "U/mL", "<7,0").asked()
    paper.line((50, "Thyroïd stimulerend hormoon (derde"), step=11)
    paper.tests([Analysis("generatie)", "2,6", "mU/L", "0,27 - 4,2")])
    paper.asked[-1] = Analysis("Thyroïd stimulerend hormoon (derde generatie)", "2,6", "mU/L", "0,27 - 4,2").asked()
    paper.tests([NL[4]])


@style
def monospaced(paper: Paper) -> None:
    paper.font, paper.letters = "Courier", 9
    paper.letterhead("DOB 23/11/1958", "Date collected: 05/03/2024")
    paper.line((50, f"{'Test':26}{'Result':>10}  {'Units':12}{'Reference range'}"))
    for test in EN:
        flag = f" {test.flag}" if test.flag else "  "
        paper.line((50, f"{test.name:26}{test.value:>10}{flag}  {test.unit:10}{test.range}"))
        paper.asked.append(test.asked())


@style
def without_heads(paper: Paper) -> None:
    paper.letterhead("Geboren 23/11/1958", "Staalafname 05/03/2024")
    paper.tests(NL[:7])


@style
def unit_beside_the_value(paper: Paper) -> None:
    paper.letterhead("DOB: 23/11/1958", "Sample date: 05/03/2024")
    paper.line((50, "Investigation"), (260, "Result"), (400, "Reference interval"))
    for test in EN:
        paper.line(
            (50, test.name), (260, f"{test.value} {test.unit}{' ' + test.flag if test.flag else ''}"), (400, f"({test.range})")
        )
        paper.asked.append(test.asked())


@style
def unit_in_the_name(paper: Paper) -> None:
    paper.letterhead("geb. 23.11.1958", "Blutentnahme 05.03.2024")
    paper.line((50, "Parameter"), (260, "Wert"), (400, "Normbereich"))
    for test in DE:
        paper.line((50, f"{test.name} ({test.unit})"), (246, test.flag), (260, test.value), (400, test.range))
        paper.asked.append((f"{test.name} ({test.unit})", *test.asked()[1:]))


@style
def right_aligned(paper: Paper) -> None:
    paper.letterhead("Geboren 23/11/1958", "Datum afname 05/03/2024")
    paper.line((50, "Bepaling"), (262, "Uitslag"), (350, "Eenheid"), (440, "Referentie"))
    paper.tests(NL, (50, 293, 350, 440), align="right", flag=296)


@style
def the_same_name_twice(paper: Paper) -> None:
    paper.letterhead("Geboren 23/11/1958", "Staalname: 05/03/2024")
    paper.line(*HEAD_NL)
    paper.line((50, "HEMATOLOGIE"), bold=True)
    paper.tests([Analysis("Lymfocyten", "31,0", "%", "20 - 45"), Analysis("Lymfocyten", "1,9", "10^9/L", "1,0 - 4,0")])
    paper.line((50, "SCHEIKUNDE"), bold=True)
    paper.tests([Analysis("Glucose", "98", "mg/dL", "70 - 100"), Analysis("30' na 75 g glucose", "151", "mg/dL")])
    paper.line((50, "URINE"), bold=True)
    paper.tests([Analysis("Glucose", "<5", "mg/dL", "<15")])


@style
def prose_with_a_table_under_a_value(paper: Paper) -> None:
    paper.letterhead("Geboren 23/11/1958", "Staalname: 05/03/2024")
    paper.line(*HEAD_NL)
    paper.tests([NL[0], Analysis("Apixaban", "28", "ng/mL")])
    for text in (
        "Dosis    Cmax (ng/mL)    Cmin (ng/mL)",
        "- 2,5 mg 2dd    77 [41 - 146]    51 [23 - 109]",
        ">79 jaar; creatinine >1,49 mg/dL",
    ):
        paper.line((262, text), step=10, size=7)
    paper.tests([NL[3]])
    for text in ("Negatief <1/320", "Zwak positief 1/320", "Positief > 15 U/mL"):
        paper.line((50, text), step=10, size=7)
    paper.tests([Analysis("Kalium", "5,0", "mmol/L", "3,5 - 5,1", "@")])


@style
def what_is_to_follow(paper: Paper) -> None:
    paper.letterhead("Geboren 23/11/1958", "Staalname: 05/03/2024")
    paper.line(*HEAD_NL)
    paper.tests([NL[0]])
    paper.line((50, "Ureum"), (260, "Volgt"), (350, "mg/dL"), (440, "13 - 43"))
    paper.line((50, "Reumafactor"), (260, "Niet uitgevoerd"), (350, "U/mL"), (440, "0 - 40"))
    paper.line((50, "Bartonella IgG"), (260, "1/320"), (350, "titer"))
    paper.tests([NL[4]])


@style
def fields_of_a_form(paper: Paper) -> None:
    paper.letterhead("DOB: 23/11/1958", "Collected: 05/03/2024")
    paper.line((50, "Test"), (260, "Result"), (350, "Units"), (440, "Reference range"))
    for number, test in enumerate(EN[:3]):
        paper.line((50, test.name), (350, test.unit), (440, test.range), step=0)
        paper.canvas.acroForm.textfield(
            name=f"f{number}", value=test.value, x=258, y=paper.y - 3, width=60, height=13, fontSize=9, borderWidth=0
        )
        paper.y -= 18
        paper.asked.append((*test.asked()[:-1], ""))


@style
def only_ranges_have_a_head(paper: Paper) -> None:
    paper.letterhead("Né(e) le 23/11/1958", "Date de prélèvement 05/03/2024", "Demande du 04/03/2024")
    paper.line((360, "Valeurs de référence"), (480, "Antériorités"), step=11)
    paper.line((480, "12/01/2024"))
    paper.line((50, "HEMATOLOGIE"), bold=True)
    for test, previous in zip(FR[:4], ("12,5", "1,20", "11", "<3"), strict=True):
        dots = "." * int((180 - paper.canvas.stringWidth(test.name, "Helvetica", 9)) / 2.6)
        value = f"{test.value} {test.unit}"
        paper.line((50, test.name + dots), (246, test.flag), (260, value), (360, test.range), (480, previous))
        paper.asked += [test.asked(), Analysis(test.name, previous, test.unit, test.range).asked()]


@style
def heads_over_two_lines(paper: Paper) -> None:
    paper.letterhead("Né(e) le 23/11/1958", "Prélevé le : 5 mars 2024 à 08h10", "Reçu le : 6 mars 2024")
    paper.line((50, "Analyses"), (260, "Résultats"), (350, "Unités"), (440, "Valeurs"), step=10)
    paper.line((440, "de référence"))
    paper.tests(FR)


@style
def a_date_with_its_time_over_values(paper: Paper) -> None:
    paper.letterhead("Date of birth 23 Nov 1958", "Date of collection: 5 March 2024")
    paper.line((50, "Test"), (230, "05/03/2024 08:10"), (350, "Units"), (440, "Reference range"))
    paper.tests(EN, (50, 240, 350, 440), flag=225)


@style
def two_units_side_by_side(paper: Paper) -> None:
    paper.letterhead("Né(e) le 23/11/1958", "Prélèvement : 05/03/2024")
    paper.line(
        (50, "Analyse"), (200, "Résultat"), (250, "Unité"), (310, "Résultat"), (360, "Unité"), (430, "Valeurs de référence")
    )
    for name, first, unit, second, other in (
        ("Glucose", "5,38", "mmol/L", "0,97", "g/L"),
        ("Cholestérol total", "4,91", "mmol/L", "1,90", "g/L"),
    ):
        paper.line((50, name), (200, first), (250, unit), (310, second), (360, other))
        paper.asked += [Analysis(name, first, unit).asked(), Analysis(name, second, other).asked()]


@style
def bounds_in_two_columns(paper: Paper) -> None:
    paper.letterhead("DOB 23/11/1958", "Collected: 05/03/2024")
    paper.line((50, "Test"), (230, "Result"), (290, "Units"), (360, "Low"), (410, "High"), (460, "Flag"))
    for test in EN[:3]:
        low, high = test.range.split(" - ")
        flag = {"H": "High", "L": "Low"}.get(test.flag, "")
        paper.line((50, test.name), (230, test.value), (290, test.unit), (360, low), (410, high), (460, flag))
        paper.asked.append(test.asked())


@style
def ranges_behind_the_value(paper: Paper) -> None:
    paper.letterhead("geb. 23.11.1958", "Blutentnahme am 05.03.2024", "Tel. 0211 / 1.23")
    paper.line((50, "Parameter"), (260, "Ergebnis (Referenz)"))
    for test in DE[:3]:
        paper.line((50, test.name), (260, f"{test.value} {test.unit} ({test.range})"))
        paper.asked.append((*test.asked()[:-1], ""))


@style
def a_section_in_the_head(paper: Paper) -> None:
    paper.letterhead("Geboren 23/11/1958", "Afnamedatum: 05/03/2024")
    for section, tests in (("Bloedbeeld", NL[:3]), ("Urine", [Analysis("Glucose", "<5", "mg/dL", "<15")])):
        paper.line((50, section), (260, "Uitslag"), (350, "Eenheid"), (440, "Referentie"))
        paper.tests(tests)
        paper.y -= 20


@style
def small_names(paper: Paper) -> None:
    paper.letterhead("Geboren 23/11/1958", "Datum afname: 05/03/2024")
    paper.line((50, "Bepaling"), (260, "Uitslag"), (350, "Eenheid"), (440, "Referentie"))
    paper.line((50, "Leukocytenformule"))
    paper.tests([Analysis("neutrofielen", "61,2", "%", "40 - 75"), Analysis("lymfocyten", "29,0", "%", "20 - 45")])
    paper.line((50, "Stolling"))
    paper.tests([Analysis("fibrinogeen", "3,1", "g/L", "2,0 - 4,0")])


@style
def percent_and_number_in_one_row(paper: Paper) -> None:
    paper.letterhead("Né(e) le 23/11/1958", "Prélevé le 05/03/2024")
    paper.line((250, "Résultats"), (360, "Valeurs de référence"))
    paper.line((50, "HEMOGRAMME"), bold=True)
    paper.line((50, "Leucocytes"), (250, "9 800 /mm3"), (360, "4 000 - 10 000"))
    paper.asked.append(Analysis("Leucocytes", "9 800", "/mm3", "4 000 - 10 000").asked())
    for name, percent, number, bound in (
        ("Neutrophiles", "61,2", "5 998", "1 800 - 7 500"),
        ("Lymphocytes", "29,1", "2 852", "1 000 - 4 000"),
    ):
        paper.line((50, name), (205, f"{percent} %"), (250, f"{number} /mm3"), (360, bound))
        paper.asked += [Analysis(name, percent, "%").asked(), Analysis(name, number, "/mm3", bound).asked()]
