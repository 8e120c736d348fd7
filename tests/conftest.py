import importlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hypothesis
import pytest

from radiary.archives import source
from radiary.commands.speaking import spoken
from radiary.ingest.attempt import Attempts
from radiary.ingest.bench import Bench
from radiary.library.shelf import Library
from radiary.model.nouns import Export, Wanted
from radiary.state.ledger import Ledger
from radiary.state.people import People
from radiary.state.queue import Queue
from radiary.workers.pool import Pool

KEY = bytes(range(32))

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it, and so would what is started here

os.environ["LC_ALL"] = "C.UTF-8"  # fixtures of a whole file begin before `home`, and speak no developer's language either

# A busy machine is no mistake of ours: no example is timed, nor how long it takes to think of one.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")


_LONG = (
    "workers/test_dask.py", "ingest/test_text_search.py", "commands/held/test_cut_papers.py", "service/test_daemon.py",
    "leaks/test_leaks.py", "dicom/text/test_reader.py", "leaks/test_rules.py", "workers/test_pool.py", "commands/test_share.py",
    "commands/test_taking_out.py", "commands/speaking/test_spoken.py", "commands/checks/test_conditions.py",
    "viewer/test_enhanced.py",
    "commands/test_backup.py", "commands/test_demo.py", "commands/speaking/test_terminal.py",
    "ingest/test_rescaling.py", "test_cli.py",
    "commands/test_papers.py", "ingest/test_papers.py", "commands/test_exports.py", "ingest/test_photographs.py",
    "ingest/test_pipeline.py", "test_docs.py", "ingest/test_plans.py", "commands/test_pick.py", "chronicle/test_sequences.py",
)  # fmt: skip
"""Files that take longest, with few tests each: begun first, so that no core waits for another one at the end."""


_EARS = {one: signal.getsignal(one) for one in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGUSR1)}
"""What hears a signal that a service hears, too."""


class _AtOnce:
    """Tells each failure as it comes: a run that is ended from outside has said why it would have failed."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and terminal is not None:
            terminal.ensure_newline()
            terminal.write_line(f"FAILED {report.nodeid} ({report.when})")
            terminal.write_line(report.longreprtext)


def pytest_configure(config: pytest.Config) -> None:
    """All processes of a run remember in one folder what networks answered."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_AtOnce(config))
    if "REMEMBERED" not in os.environ:
        os.environ["REMEMBERED"] = folder = tempfile.mkdtemp(prefix="remembered-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    importlib.import_module("remembered")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Path(__file__).parent
    places = {tests / name: place for place, name in enumerate(_LONG)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(autouse=True)
def surroundings() -> Iterator[None]:
    """What a library puts into the environment as it is imported, as OpenCV does, ends with the test.

    In another environment, the commands of all tests after it would be started, not forked. Who heard signals in a test before,
    such as a service or a library, hears none any more: Ctrl-C would end nothing.
    """
    before = dict(os.environ)
    for one, ear in _EARS.items():
        signal.signal(one, ear)
    yield
    for name in {name for name, _ in before.items() ^ os.environ.items()}:
        if name in before:
            os.environ[name] = before[name]
        else:
            del os.environ[name]


@pytest.fixture(autouse=True)
def home(surroundings: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for every test, which speaks English: nothing reads or writes the developer's."""
    place = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(place))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_DOWNLOAD_DIR", "XDG_PICTURES_DIR", "NOTIFY_SOCKET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    spoken.use("en")
    return place


@pytest.fixture
def pool() -> Iterator[Pool]:
    """The middle of the way in this process."""
    made = Pool(lambda: ThreadPoolExecutor(1), 1)
    yield made
    made.close()


@pytest.fixture
def bench(tmp_path: Path, pool: Pool) -> Bench:
    return Bench(
        pool=pool,
        scouts=(pool,),
        reader=pool,
        library=Library(tmp_path / "library"),
        shelf=Library(tmp_path / "private"),
        people=People(tmp_path / "state" / "people", KEY),
        key=KEY,
        wanted=Wanted(),
        scratch=tmp_path / "scratch",
        searches_text=True,
    )


@pytest.fixture
def attempts(tmp_path: Path, bench: Bench) -> Iterator[Attempts]:
    (tmp_path / "state").mkdir(exist_ok=True)
    ledger = Ledger(tmp_path / "state" / "ledger.jsonl")
    yield Attempts(bench, ledger, Queue(), most=3)
    ledger.close()


def export_at(path: Path) -> Export:
    return source.export(path, source.fingerprint(path), None)


@pytest.fixture
def shelf(tmp_path: Path) -> Library:
    """An empty library, open."""
    made = Library(tmp_path / "library")
    made.open(is_new=True)
    return made
