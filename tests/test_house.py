"""Rooms and doors: imports lead down, what decides does not act, and each third-party name enters where the README says."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import radiary

ROOT = Path(radiary.__file__).parent
ROOMS = (
    "model", "files", "language", "settings", "workers", "state", "library", "documents",
    "dicom/read", "dicom/wall", "dicom/text", "dicom/render", "dicom",
    "archives", "viewer", "chronicle", "watch", "announcing", "ingest", "share", "service", "installing",
    "commands/checks", "commands/speaking", "commands/command_line", "commands/held", "commands/review", "commands",
    "commands/grammar", "cli",
    "__main__",
)  # fmt: skip
"""From the ground up: what stands in a room imports from it and from those before it."""
DOORS = {
    "Cryptodome": {"state/backup_file", "state/sealed"},
    "cv2": {"dicom/render/film"},
    "PIL": {"dicom/render/encode", "dicom/render/drawing", "dicom/render/photographs", "dicom/text/*", "commands/demo_export"},
    "apscheduler": {"service/daemon"},
    "backports": {"archives/zip_methods"},
    "click": {
        "cli", "commands/command_line/*", "commands/grammar/*", "commands/shell",
    },
    "distributed": {"workers/dask"},
    "imagecodecs": {"dicom/render/codecs"},
    "inflate64": {"archives/deflate64"},
    "isal": {"files/deflate"},
    "jeepney": {"announcing/desktop"},
    "jinja2": {"chronicle/page", "share/page", "viewer/page"},
    "keyring": {"commands/exports"},
    "markdown_it": {"chronicle/markdown"},
    "msgspec": {"model/events"},
    "numpy": {"dicom/*", "ingest/scans", "commands/demo_export"},
    "onnxruntime": {"dicom/text/inference"},
    "packaging": {"commands/checks/computer", "commands/report"},
    "platformdirs": {"settings"},
    "prometheus_client": {"announcing/metrics_file"},
    "psutil": {"watch/writers", "workers/priority"},
    "pycdlib": {"archives/discs"},
    "pydantic": {
        "model/records", "settings", "state/names", "state/paper_facts", "state/people",
        "ingest/decisions", "ingest/taking_out",
        "commands/held/confirmed_papers", "commands/review/server", "commands/review/paper_wishes",
    },
    "pydantic_settings": {"settings"},
    "pydicom": {"dicom/*", "share/file_set", "commands/demo_export"},
    "pypdfium2": {"documents/pdf"},
    "pyzipper": {"archives/zip_locks"},
    "rich": {"commands/speaking/console"},
    "rle": {"dicom/render/codecs"},
    "watchdog": {"watch/listening"},
    "yaml": {"chronicle/yaml_days"},
    "zxingcpp": {"documents/plan_codes"},
}  # fmt: skip
"""Where each third-party name enters; a star stands for a whole room and the rooms in it."""
ACTING = {
    "__init__", "announcing/announcer", "announcing/desktop", "announcing/published",
    "archives/*", "chronicle/book", "chronicle/contact_sheets", "chronicle/copied_pictures", "chronicle/cut_files",
    "chronicle/draft", "chronicle/faults",
    "chronicle/folder", "chronicle/insertions", "chronicle/linked_entries",
    "chronicle/made_of", "chronicle/owners_file", "chronicle/preview",
    "chronicle/listed_pictures", "chronicle/sealed", "chronicle/sound_passages",
    "chronicle/searched_files", "chronicle/series_pictures", "chronicle/site", "chronicle/site_places", "chronicle/sources",
    "chronicle/standing",
    "chronicle/told_before", "chronicle/value_files", "cli", "commands/*",
    "files/*", "ingest/*", "installing/launchd", "installing/systemd", "installing/this_program",
    "library/faults", "library/renewal", "library/shelf", "library/trash", "library/tray", "library/whereabouts",
    "service/*",
    "settings", "share/draft", "share/file_set", "share/making", "share/named_places",
    "share/pictures", "share/searching", "share/selecting",
    "state/backup", "state/cut_pictures", "state/folder", "state/ledger", "state/names", "state/paper_facts",
    "state/passwords", "state/people", "state/sealed_file", "state/soundness",
    "viewer/folder", "watch/folders", "watch/inbox", "watch/listening", "watch/put_away",
    "watch/sharing", "watch/writers", "workers/*",
}  # fmt: skip
"""What opens files, reads clocks or writes logs. Everything else decides; a new module does, until it is put here."""
PURE_AFTER_ALL = {"service/backoff", "service/rescans", "service/room"}
"""Deciders in rooms that act."""
ITS_OWN = {
    "chronicle/page", "dicom/read/storage_classes", "dicom/text/inference", "dicom/wall/defined_terms", "dicom/wall/profile",
    "dicom/wall/safe_private", "dicom/wall/word_lists", "documents/lexicon/__init__", "language", "share/page", "viewer/page",
}  # fmt: skip
"""Deciders that read what comes with the package: tables, words, networks, pages."""
SILENCED = {"dicom/read/header"}
"""Where pydicom's own log is silenced, which would quote values."""
ACTS = frozenset(
    "chmod exists glob is_dir is_file is_symlink iterdir lstat mkdir rename rglob rmdir stat symlink_to touch unlink write_bytes"
    " write_text now today monotonic getLogger".split()
)
"""Methods that touch a file, a clock or a log."""
MODULES = sorted(path.relative_to(ROOT).with_suffix("").as_posix() for path in ROOT.rglob("*.py"))


def room_of(module: str) -> str:
    parts = module.split("/")
    return next((one for one in ("/".join(parts[:2]), parts[0]) if one in ROOMS), "")


def stands_in(module: str, places: set[str]) -> bool:
    """Whether a module is one of `places`, or stands in a room of them."""
    rooms = module.split("/")[:-1]
    return module in places or any("/".join(rooms[: depth + 1]) + "/*" in places for depth in range(len(rooms)))


@cache
def imported(module: str) -> frozenset[str]:
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
    return frozenset(names)


def imported_modules(module: str) -> set[str]:
    """Modules of Radiary that a module imports."""
    paths = (name.replace(".", "/").removeprefix("radiary/") for name in imported(module) if name.startswith("radiary."))
    return {one for path in paths for one in (path, path.rpartition("/")[0]) if one in MODULES and not one.endswith("__init__")}


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How long a function is without its docstring."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    own = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - own


def test_no_function_is_longer_than_a_screen() -> None:
    trees = {module: ast.parse((ROOT / f"{module}.py").read_text()) for module in MODULES}
    functions = [
        (module, node)
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert functions
    assert [f"{module}: {node.name}" for module, node in functions if lines(node) > 40] == []


def test_every_module_stands_in_a_room() -> None:
    assert [module for module in MODULES if not room_of(module) and module != "__init__"] == []


@pytest.mark.parametrize("module", [one for one in MODULES if room_of(one)])
def test_imports_lead_down_only(module: str) -> None:
    own = ROOMS.index(room_of(module))
    assert [one for one in imported_modules(module) if ROOMS.index(room_of(one)) > own] == []


def test_no_module_needs_itself() -> None:
    needed = {module: imported_modules(module) for module in MODULES}
    assert set(TopologicalSorter(needed).static_order()) == set(MODULES)  # a cycle is a CycleError, which names it


@pytest.mark.parametrize("module", MODULES)
def test_each_third_party_name_enters_by_its_door(module: str) -> None:
    for name in imported(module):
        top = name.split(".")[0]
        if top not in {*sys.stdlib_module_names, "compression", "radiary"}:  # compression: from Python 3.14 on
            assert stands_in(module, DOORS[top]), f"{name} in {module}"


@pytest.mark.parametrize("module", [one for one in MODULES if not stands_in(one, ACTING) or one in PURE_AFTER_ALL])
def test_what_decides_opens_no_file_reads_no_clock_writes_no_log(module: str) -> None:
    forbidden = {"os", "time", "socket", "subprocess", "shutil", "tempfile", "threading", "logging"}
    tops = {name.split(".")[0] for name in imported(module)}
    calls = [node.func for node in ast.walk(ast.parse((ROOT / f"{module}.py").read_text())) if isinstance(node, ast.Call)]
    names = {func.id for func in calls if isinstance(func, ast.Name)}
    methods = {func.attr for func in calls if isinstance(func, ast.Attribute)}
    reads = set() if module in ITS_OWN else {"read_bytes", "read_text"}
    if module not in SILENCED:
        assert not tops & forbidden
        assert not methods & ACTS
    assert not methods & reads
    assert "open" not in names


def test_the_list_of_what_acts_names_only_what_is_there() -> None:
    rooms = {f"{'/'.join(module.split('/')[:-1])}/*" for module in MODULES}
    assert {*ACTING, *PURE_AFTER_ALL, *ITS_OWN, *SILENCED} - rooms - set(MODULES) == set()


def test_only_the_wall_makes_a_deidentified() -> None:
    makers = [name for name in MODULES if "Deidentified(" in (ROOT / f"{name}.py").read_text().replace("class Deidentified", "")]
    assert makers == ["dicom/wall/deidentify"]


def test_the_idle_service_loads_no_codec() -> None:
    heavy = (
        "import sys, radiary.service.daemon;"
        "print([name for name in ('pydicom', 'numpy', 'PIL', 'imagecodecs', 'pypdfium2', 'pyzipper') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout == "[]\n"
