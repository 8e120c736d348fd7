"""One of the tools that people use today, on a folder of objects, with its default settings; run by its own interpreter.

A file that the tool fails on is lost, not fatal: printed is, as JSON, which source file became which.
"""

import contextlib
import io
import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

Tool = Callable[[Path, Path], Path]


def dicom_anonymizer() -> Tool:
    from dicomanonymizer import anonymize_dicom_file  # type: ignore[import-not-found]

    def one(source: Path, target: Path) -> Path:
        anonymize_dicom_file(str(source), str(target / source.name))
        return target / source.name

    return one


def dicognito() -> Tool:
    import pydicom
    from dicognito.anonymizer import Anonymizer  # type: ignore[import-not-found]

    anonymizer = Anonymizer()

    def one(source: Path, target: Path) -> Path:
        with pydicom.dcmread(source) as dataset:
            anonymizer.anonymize(dataset)
            path = target / f"{dataset.SOPInstanceUID}.dcm"
            dataset.save_as(path, enforce_file_format=True)
        return path

    return one


def deid() -> Tool:
    from deid.dicom.header import get_identifiers, replace_identifiers  # type: ignore[import-not-found]

    def one(source: Path, target: Path) -> Path:
        identifiers = get_identifiers([str(source)])
        replace_identifiers([str(source)], identifiers, save=True, output_folder=str(target), overwrite=True)
        return target / source.name

    return one


def main(name: str, source: str, target: str) -> None:
    tool = {"dicom-anonymizer": dicom_anonymizer, "dicognito": dicognito, "deid": deid}[name]()
    became = {}
    warnings.simplefilter("ignore")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for path in sorted(Path(source).iterdir()):
            with contextlib.suppress(Exception, SystemExit):
                became[path.name] = str(tool(path, Path(target)))
    print(json.dumps({name: path for name, path in became.items() if Path(path).exists()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
