"""Papers that no laboratory makes: hostile, broken, or made by programs that think otherwise."""

import io
import re
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from papers import STYLES

HERS = ("Laboratorium", "Quillemans Roos, geboren 23/11/1958", "Staalname: 05/03/2024")


def built(*objects: str, size: str = "[0 0 595 842]", beside: str = "", pages: int = 1) -> bytes:
    """A PDF of objects from number 5 on; its first page's content is object 4."""
    kids = " ".join(["3 0 R"] * pages)
    numbered = [
        f"<</Type/Catalog/Pages 2 0 R {beside}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox {size}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        *objects,
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, text in enumerate(numbered, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode())
    start = out.tell()
    out.write(f"xref\n0 {len(numbered) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    out.write(f"trailer<</Size {len(numbered) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def stream(text: str, more: str = "") -> str:
    return f"<<{more}/Length {len(text)}>>stream\n{text}\nendstream"


FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
LINES = "".join(f"BT /F 10 Tf 60 {780 - 14 * number} Td ({line}) Tj ET " for number, line in enumerate(HERS))
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
NOTHING = stream("", FORM)


def bomb(depth: int = 9, width: int = 10) -> bytes:
    """Forms that hold ten forms each, nine deep: a thousand million words."""
    forms = [
        stream(
            f"/X{number + 1} Do " * width if number < depth else "BT /F 1 Tf (x) Tj ET",
            f"{FORM}/Resources<</Font<</F 5 0 R>>/XObject<</X{number + 1} {number + 7} 0 R>>>>",
        )
        for number in range(depth + 1)
    ]
    return built(stream(LINES + "/X Do"), FONT, *forms)


def without_meaning() -> bytes:
    """Letters whose font does not say which ones they are."""
    pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts/Vera.ttf")))
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0, invariant=1)
    canvas.setFont("Vera", 10)
    for number, line in enumerate((*HERS, "Hemoglobine 13,4 g/dL")):
        canvas.drawString(60, 780 - 14 * number, line)
    canvas.save()
    return re.sub(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), file.getvalue())


WHOLE = STYLES["dutch"]()[0]
ODD: dict[str, bytes] = {
    "cut": WHOLE[: len(WHOLE) // 2],
    "only a beginning": b"%PDF-1.4\n%%EOF",
    "no page": built().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[     ]/Count 0"),
    "a page of 14,400 points": built(stream(LINES), FONT, NOTHING, size="[0 0 14400 14400]"),
    "3,000 pages": built(stream(LINES), FONT, NOTHING, pages=3000),
    "JavaScript and an attachment": built(
        stream(LINES),
        FONT,
        NOTHING,
        "<</S/JavaScript/JS(app.launchURL\\('http://example.org'\\))>>",
        beside="/OpenAction 7 0 R/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)>>]>>>>",
    ),
    "XFA": built(stream(LINES), FONT, NOTHING, stream("<xdp/>"), beside="/AcroForm<</Fields[]/XFA 7 0 R>>"),
    "a loop of pages": built(stream(LINES), FONT, NOTHING).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
    "a form inside itself": built(
        stream(LINES + "/X Do"),
        FONT,
        stream("/X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"),
    ),
    "letters without a meaning": without_meaning(),
}
