"""Floors and doors: imports lead down, and each third-party name enters where the README says."""

import ast
import sys
from pathlib import Path

import pytest

import radiary

ROOT = Path(radiary.__file__).parent
FLOORS = {
    **dict.fromkeys(("model", "records", "events", "errors", "__init__"), 0),
    **dict.fromkeys(
        ("dicom", "chronicle", "settle", "layout", "assemble", "merge", "queue", "backoff", "gate", "likeness", "deflate"), 1
    ),
    "disk": 2,
    **dict.fromkeys(
        (
            "pipeline",
            "worker",
            "intake",
            "workers",
            "ingest",
            "process",
            "present",
            "sheets",
            "pictures",
            "review",
            "member",
            "chronicler",
            "searched",
            "kindness",
            "cluster",
        ),
        3,
    ),
    **dict.fromkeys(
        (
            "cli",
            "console",
            "desk",
            "explain",
            "once",
            "demo",
            "review_page",
            "who",
            "doctor",
            "signals",
            "workday",
            "daemon",
            "heartbeat",
            "parts",
            "settings",
            "wishes",
            "__main__",
        ),
        4,
    ),
}
DOORS = {
    "watchdog": {"disk/inbox"},
    "apscheduler": {"daemon"},
    "pydantic_settings": {"settings"},
    "platformdirs": {"settings"},
    "pydantic": {"records", "events", "settings", "disk/people", "review", "review_page"},
    "pydicom": {"dicom/*"},
    "numpy": {"dicom/*"},
    "PIL": {"dicom/encode", "dicom/drawing", "dicom/phantom", "dicom/text"},
    "pyzipper": {"disk/zips"},
    "zipfile_deflate64": {"disk/zips"},
    "backports": {"disk/zips"},
    "yaml": {"chronicle/days"},
    "jinja2": {"chronicle/page"},
    "imagecodecs": {"dicom/codecs"},
    "rle": {"dicom/codecs"},
    "isal": {"deflate"},
    "psutil": {"kindness"},
    "distributed": {"cluster"},
    "Cryptodome": {"disk/people"},
    "rapidocr_onnxruntime": {"dicom/text"},
    "rich": {"console"},
    "keyring": {"wishes"},
}
MODULES = sorted(path.relative_to(ROOT).with_suffix("").as_posix() for path in ROOT.rglob("*.py"))


def imported(module: str) -> set[str]:
    """Names that a module imports at run time."""
    names: set[str] = set()
    tree = ast.parse((ROOT / f"{module}.py").read_text())
    typing_only = [
        child
        for node in tree.body
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for child in node.body
    ]
    for node in (node for node in ast.walk(tree) if node not in typing_only):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("module", MODULES)
def test_imports_lead_down_only(module: str) -> None:
    own = FLOORS[module.split("/", maxsplit=1)[0]]
    for name in imported(module):
        if name.startswith("radiary."):
            assert FLOORS[name.split(".")[1] if name.split(".")[1] in FLOORS else "__init__"] <= own, name


@pytest.mark.parametrize("module", MODULES)
def test_each_third_party_name_enters_by_its_door(module: str) -> None:
    for name in imported(module):
        top = name.split(".")[0]
        if top not in {*sys.stdlib_module_names, "compression", "radiary"}:  # compression: from Python 3.14 on
            assert {module, f"{module.split('/', maxsplit=1)[0]}/*"} & DOORS[top], f"{name} in {module}"


@pytest.mark.parametrize("module", [name for name in MODULES if FLOORS[name.split("/")[0]] == 1])
def test_the_craft_opens_no_file_reads_no_clock_writes_no_log(module: str) -> None:
    forbidden = {"os", "pathlib", "time", "socket", "subprocess", "shutil", "tempfile"}
    tops = {name.split(".")[0] for name in imported(module)}
    calls = {node.func.id for node in ast.walk(ast.parse((ROOT / f"{module}.py").read_text()))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
    assert not tops & forbidden
    assert "open" not in calls


def test_only_the_wall_makes_a_deidentified() -> None:
    makers = [name for name in MODULES if "Deidentified(" in (ROOT / f"{name}.py").read_text().replace("class Deidentified", "")]
    assert makers == ["dicom/deidentify"]


def test_the_idle_service_loads_no_codec() -> None:
    import subprocess

    heavy = (
        "import sys, radiary.daemon; print([name for name in ('pydicom', 'numpy', 'PIL', 'imagecodecs') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout == "[]\n"
