"""The chronicle as its owner sees it, for the eye: pages from an export of all kinds and a file with words, photographed.

cd tests && python -m pages

`build/pages` holds the chronicle, screenshots at three widths in light and dark (by Debian's chromium), and the printed booklet.
"""

import argparse
import base64
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from electrocardiograms import code, ecg
from radiary.commands import demo_export

BUILD = Path(__file__).parents[1] / "build" / "pages"
WIDTHS = (390, 768, 1440)
_MR, _MG, _SR, _ECG = (f"1.2.840.10008.5.1.4.1.1.{number}" for number in ("4", "1.2", "88.22", "9.1.1"))

HERS = """- date: 2023-10-17
  events:
    - title: "The first echography"
      folder: "2023-10-17"
      description: |
        It began with a *lump*, the size of a hazelnut, on the right side.

        The doctor looked for a long time and said little. **Wait for the letter**, she said.
      notes: >
        Bring the old pictures next time.
      images: ["lump.jpg"]
      captions: ["Where I felt it, drawn that evening"]
      alt: ["A hand-drawn outline with a mark on the right"]
      thread: "right breast"
- date: 2024-01-08
  events:
    - title: "Chemotherapy, first cycle"
      description: |
        Fourteen days of pills, then seven without.
      until: 2024-01-21
      thread: "treatment"
- date: 2024-01-15
  events:
    - title: "The pills of this week"
      folder: "2024-01-15"
      images: ["p1.jpg", "p2.jpg", "p3.jpg", "p4.jpg", "p5.jpg", "p6.jpg", "p7.jpg", "p8.jpg", "p9.jpg"]
      captions: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon", "Tue"]
      thread: "treatment"
- date: 2024-02-20
  events:
    - title: "A letter"
      description: |
        > The operation is planned for the spring.

        | What | When |
        |---|---|
        | Blood | Monday |
        | Talk | Thursday |
"""


def files() -> dict[str, bytes]:
    """An export of all kinds; the phantoms of `radiary demo` among them, on the days that they have there."""
    made = {name: data for name, data in demo_export.export().items() if name.startswith("DICOM/")}
    for number, one in enumerate([*_mr(), *_mammograms(), _report(), _ecg()]):
        made[f"MORE/IMG{number:05d}"] = exports.written(one)
    return made


def _who(made: Dataset, day: str, study: int, series: int, number: int) -> Dataset:
    """The imaginary patient, study and day that an object belongs to."""
    root = f"{exports.ROOT}.77.{study}"
    made.StudyInstanceUID, made.SeriesInstanceUID, made.SOPInstanceUID = root, f"{root}.{series}", f"{root}.{series}.{number}"
    made.PatientName, made.PatientID, made.PatientBirthDate = "Testpatient^Synthia", "SYN-0042-7", "19800229"
    made.StudyDate = made.SeriesDate = made.ContentDate = day
    made.SeriesNumber, made.InstanceNumber = series, number
    return made


def _mr() -> Iterator[Dataset]:
    """A breast MRI in two series: soft shapes with a brighter spot."""
    size = 320
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    for series, description in ((1, "T1 dynamic"), (2, "T2 axial")):
        for number in range(1, 9):
            depth = 1 - ((number - 4.5) / 7) ** 2
            lobes = sum(np.clip(depth - ((x - at) / 0.42) ** 2 - ((y + 0.05) / 0.55) ** 2, 0, None) for at in (-0.46, 0.46))
            wall = np.clip(0.5 - ((y - 0.62) / 0.3) ** 2 - (x / 1.05) ** 4, 0, None)
            spot = np.exp(-(((x + 0.5) / 0.06) ** 2 + ((y + 0.12) / 0.06) ** 2)) * (0.8 if number in (4, 5) else 0)
            noise = np.random.default_rng(10 * series + number).normal(0, 0.02, (size, size))
            values = 900 * (np.sqrt(lobes) * (0.8 if series == 1 else 1.1) + 0.6 * wall + spot + noise).clip(0, 2)
            made = exports.with_pixels(exports.dataset(sop_class=_MR, modality="MR"), values.astype("<u2"), stored=12)
            made.BodyPartExamined, made.SeriesDescription, made.StudyDescription = "BREAST", description, "MRI mammae"
            made.ImagePositionPatient, made.ImageOrientationPatient = [-160, -160, 4.0 * number], [1, 0, 0, 0, 1, 0]
            made.PixelSpacing, made.WindowCenter, made.WindowWidth = [1, 1], 600, 1300
            yield _who(made, "20231024", 1, series, number)


def _mammograms() -> Iterator[Dataset]:
    """Both sides from above and at a slant."""
    rows, columns = 720, 560
    y, x = np.mgrid[-1 : 1 : rows * 1j, 0 : 1 : columns * 1j]
    for number, (side, view) in enumerate((("L", "CC"), ("R", "CC"), ("L", "MLO"), ("R", "MLO")), 1):
        tilt = 0.25 * y if view == "MLO" else 0
        depth = np.clip(1 - ((x + tilt) / 0.8) ** 2 - (y / 0.86) ** 2, 0, None)
        grain = np.random.default_rng(number).normal(0, 1, (rows // 4, columns // 4)).repeat(4, 0).repeat(4, 1)
        soft = np.asarray(Image.fromarray((127 + 40 * grain).clip(0, 255).astype("u1")).filter(ImageFilter.GaussianBlur(9)))
        values = np.where(depth > 0, 500 + 2200 * np.sqrt(depth) + 9.0 * (soft.astype(float) - 127), 20)
        values = values[:, ::-1] if side == "R" else values
        made = exports.with_pixels(exports.dataset(sop_class=_MG, modality="MG"), values.clip(0, 4095).astype("<u2"), stored=12)
        made.BodyPartExamined, made.ImageLaterality, made.ViewPosition = "BREAST", side, view
        made.WindowCenter, made.WindowWidth, made.BurnedInAnnotation = 1500, 3000, "NO"
        yield _who(made, "20231017", 2, number, number)


def _report() -> Dataset:
    """A structured report with codes and numbers."""
    made = exports.dataset(sop_class=_SR, modality="SR")
    items = []
    for value_code, meaning, number in (("410668003", "Length", "14"), ("103355008", "Width", "11")):
        measured, value = Dataset(), Dataset()
        value.NumericValue, value.MeasurementUnitsCodeSequence = number, Sequence([code("mm", "UCUM", "mm")])
        measured.RelationshipType, measured.ValueType = "CONTAINS", "NUM"
        measured.ConceptNameCodeSequence = Sequence([code(value_code, "SCT", meaning)])
        measured.MeasuredValueSequence = Sequence([value])
        items.append(measured)
    made.ValueType, made.ConceptNameCodeSequence = "CONTAINER", Sequence([code("126000", "DCM", "Imaging Measurement Report")])
    made.ContentSequence, made.CompletionFlag, made.VerificationFlag = Sequence(items), "COMPLETE", "UNVERIFIED"
    return _who(made, "20231024", 1, 9, 1)


def _ecg() -> Dataset:
    time = np.arange(0, 10, 0.002)
    beat = np.exp(-(((time % 0.86) - 0.3) ** 2) / 0.0002) + 0.15 * np.exp(-(((time % 0.86) - 0.5) ** 2) / 0.002)
    leads = [1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8]  # I, II, III, aVR, aVL, aVF, V1 to V6
    names = [f"2:{lead}" for lead in leads]
    made = exports.dataset(sop_class=_ECG, modality="ECG")
    made.update(ecg(names, np.stack([beat * (0.4 + 0.1 * lead) for lead in range(12)], 1), 500))
    return _who(made, "20240105", 3, 1, 1)


def photographs(images: Path) -> None:
    """Her own pictures: a drawing, and a week of pills."""
    (images / "2023-10-17").mkdir(parents=True)
    drawing = Image.new("RGB", (1200, 800), "#f6f1e4")
    pen = ImageDraw.Draw(drawing)
    pen.arc((330, 120, 870, 760), 20, 160, fill="#54473a", width=9)
    pen.ellipse((690, 470, 740, 520), fill="#b4553c")
    drawing.save(images / "2023-10-17/lump.jpg", quality=88)
    (images / "2024-01-15").mkdir()
    for number in range(1, 10):
        photograph = Image.new("RGB", (800, 800), ("#8c7b6b", "#6f7f83", "#93856c")[number % 3])
        pen = ImageDraw.Draw(photograph)
        for pill in range(2 + number % 3):
            at = 180 + 170 * pill
            pen.rounded_rectangle((at, 330 + 40 * (pill % 2), at + 120, 400 + 40 * (pill % 2)), 34, fill="#f5efe6")
        photograph.save(images / f"2024-01-15/p{number}.jpg", quality=85)


def chronicle(place: Path, *, language: str = "en") -> Path:
    """The chronicle's folder, made by `radiary once` as its owner would."""
    shutil.rmtree(place, ignore_errors=True)
    folder = place / "chronicle"
    folder.mkdir(parents=True)
    (folder / "chronicle.yml").write_text(HERS)
    photographs(folder / "images")
    export = exports.zipped(place / "export.zip", files())
    names = ("library", "private", "chronicle", "state")
    options = [part for name in names for part in (f"--{name}", str(place / name))]
    line = [sys.executable, "-m", "radiary", "once", *options, "--watch", str(place), "--language", language, str(export)]
    subprocess.run(line, check=True)
    return folder


_EAGER = "[...document.images].forEach(one => one.loading = 'eager');"


def browser(profile: Path) -> Any:
    """Debian's chromium without a window."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for flag in ("headless", "no-sandbox", "disable-gpu", "hide-scrollbars", "disable-background-networking", "no-first-run",
                 "disable-sync", "disable-component-update", f"user-data-dir={profile}"):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def photographed(folder: Path, into: Path) -> None:
    """Screenshots of the whole page with all its days open, and the booklet."""
    driver = browser(into / "profile")
    try:
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                told = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
                driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)
                wanted = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
                driver.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)
                driver.get((folder / "index.html").as_uri())
                _settled(driver)
                driver.save_screenshot(str(into / f"first-{width}-{scheme}.png"))
                _open_all(driver)
                picture = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "format": "png"})
                (into / f"all-{width}-{scheme}.png").write_bytes(base64.b64decode(picture["data"]))
        driver.get((folder / "index.html").as_uri())
        driver.execute_script(_EAGER)  # a person's browser waits for them before it prints, a driven one does not
        _settled(driver)
        printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
        (into / "booklet.pdf").write_bytes(base64.b64decode(printed["data"]))
    finally:
        driver.quit()
        shutil.rmtree(into / "profile", ignore_errors=True)


def _open_all(driver: Any) -> None:
    driver.execute_script(
        "document.querySelectorAll('details').forEach(one => { one.removeAttribute('name'); one.open = true; });" + _EAGER
    )
    _settled(driver)


def _settled(driver: Any) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    waiting = "return [...document.images].every(one => one.complete || one.loading === 'lazy')"
    WebDriverWait(driver, 60).until(lambda page: page.execute_script(waiting))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--language", default="en")
    parser.add_argument("--again", action="store_true", help="only photograph what is there")
    asked = parser.parse_args()
    folder = BUILD / "chronicle" if asked.again else chronicle(BUILD, language=asked.language)
    if shutil.which("chromium"):
        photographed(folder, BUILD)
    print(f"{folder / 'index.html'}")


if __name__ == "__main__":
    main()
