"""A German medication plan of a made-up person, printed with its code."""

import io

CODE = (
    '<MP v="027" U="02BD2867FB024401A590D59D94E1FFAE" l="de-DE"><P g="Roos" f="Quillemans" b="19581123" s="W"/>'
    '<A n="Praxis Dr. Jan Testarts" s="Testrade 12" z="2200" c="Herentals" p="014 12 34 56" t="2024-02-01T12:00:00"/><S>'
    '<M p="02083906" a="Metoprol Test" f="RET" m="1" v="1" du="1" i="mit Wasser" r="Bluthochdruck">'
    '<W w="Metoprolol" s="47,5 mg"/></M>'
    '<M p="00558736" m="20" v="20" du="p"/><M a="Pulver Test" s="500 mg" f="PUL" t="bei Bedarf" du="#"/></S>'
    '<S c="414"><M a="Salbe Test" fd="Salbe nach Rezept" h="1" dud="Streifen"/></S></MP>'
)
ROWS = (
    ("Metoprolol", "Metoprol Test", "47,5 mg", "1", "0", "1", "0", "Stück"),
    ("Insulin", "Insulan Test", "100 E/ml", "20", "0", "20", "0", "IE"),
    ("Pulver", "Pulver Test", "500 mg", "0", "0", "0", "0", "Messlöffel"),
    ("Salbe", "Salbe Test", "", "0", "0", "0", "1", "Streifen"),
)
_PLACES = (40, 140, 250, 330, 370, 410, 450, 500)
_HEAD = ("Wirkstoff", "Handelsname", "Stärke", "morgens", "mittags", "abends", "nacht", "Einheit")


def code_picture(text: str = CODE) -> tuple[int, int, bytes]:
    """The DataMatrix of a text: columns, rows and grey values."""
    import zxingcpp

    made = zxingcpp.create_barcode(text.encode("latin-1"), zxingcpp.BarcodeFormat.DataMatrix)
    seen = memoryview(zxingcpp.write_barcode_to_image(made, scale=4))
    return seen.shape[1], seen.shape[0], seen.tobytes()


def plan() -> bytes:
    """The plan as a PDF."""
    from PIL import Image
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    wide, high = landscape(A4)
    canvas = Canvas(file, pagesize=(wide, high), invariant=1)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(40, high - 40, "Medikationsplan")
    canvas.setFont("Helvetica", 9)
    canvas.drawString(40, high - 60, "für: Roos Quillemans    geb. am: 23.11.1958")
    canvas.drawString(40, high - 75, "ausgedruckt von: Praxis Dr. Jan Testarts    ausgedruckt am: 01.02.2024")
    for x, text in zip(_PLACES, _HEAD, strict=True):
        canvas.drawString(x, high - 170, text)
    for number, row in enumerate(ROWS):
        for x, text in zip(_PLACES, row, strict=True):
            canvas.drawString(x, high - 190 - 16 * number, text)
    columns, rows, grey = code_picture()
    canvas.drawImage(ImageReader(Image.frombytes("L", (columns, rows), grey)), wide - 170, high - 160, 130, 130)
    canvas.save()
    return file.getvalue()
