"""What holds for every test: no socket leaves this machine, and a test that needs a browser says why it is skipped."""

from __future__ import annotations

import gc
import ipaddress
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis.internal.conjecture import providers

from kuule.sealing import memory_protection
from kuule.usecases.demo import server_process
from tests import late_reading
from tests.kept import Kept
from tests.loaded.forked_module import end_forking
from tests.loaded.loaded_process import LoadedProcess, end_loaded
from tests.long_files import turn
from tests.sampling import FEW, MATRIX, SAMPLE, SAMPLED, WHOLE, is_sampled, sample_examples

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "firefox": ("firefox-esr", "firefox")}
SHELL = "chromium-headless-shell"
"""The same engine without the windows around it, for a third of the time. `make test-all` has the whole browser."""
_CURE = "on Debian and Ubuntu: sudo apt install chromium firefox-esr fonts-noto-core"

FAST_ROOMS = frozenset(
    {
        "architecture", "core", "disclosure", "forms", "helplines", "languages", "opening", "publishing", "recipes",
        "sealing", "spec", "study", "translation", "vectors", "web",
    }
)  # fmt: skip
"""What `make check` runs, but for what is marked `slow`, `browser`, `matrix` or `whole`: the tests of packages that
need no database, no server and no process. They show most mistakes, and take half a minute."""


_ALL_SLOW = re.compile(r"^pytestmark = pytest\.mark\.(slow|browser|whole)$", re.MULTILINE)
"""How a file says that none of its tests is fast."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="only the tests that take no time: what `make check` runs")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Under --fast neither other rooms nor files of slow tests are even read, nor are files without a matrix where
    nothing but these is asked for: collecting all tests takes longer than running these."""
    if config.getoption("--fast") and collection_path.parent == ROOT / "tests":
        return collection_path.name not in FAST_ROOMS or None
    if config.getoption("--fast") and collection_path.suffix == ".py":
        return _ALL_SLOW.search(collection_path.read_text("utf-8")) is not None or None
    if config.option.markexpr == MATRIX and collection_path.suffix == ".py":
        read = (collection_path, collection_path.with_name("conftest.py"))
        return not any("matrix" in one.read_text("utf-8") for one in read if one.is_file()) or None
    return None


@pytest.hookimpl(trylast=True)  # after the order of pytest-randomly, of which the rest stays
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--fast"):
        turns = _turns(items)
        items.sort(key=lambda item: turns[item.path])
        return
    slow = {item for item in items if _is_slow(item)}
    config.hook.pytest_deselected(items=[item for item in items if item in slow])
    items[:] = [item for item in items if item not in slow]


def _turns(items: Iterable[pytest.Item]) -> dict[Path, int]:
    """When each file has its turn. Only in the fast rooms can a test be told to be quick by its marks."""
    slow = {item.path for item in items if _is_slow(item)}
    files = {item.path: item.path.relative_to(ROOT / "tests") for item in items}
    quick = {path for path, file in files.items() if file.parts[0] in FAST_ROOMS} - slow
    return {path: turn(file.as_posix(), quick=path in quick) for path, file in files.items()}


def _is_slow(item: pytest.Item) -> bool:
    """A file that is not read yet is told by its text."""
    if isinstance(item, late_reading.WholeFile):
        return re.search(r"\bmark\.(slow|browser|whole)\b", item.path.read_text("utf-8")) is not None
    return any(mark.name in ("slow", "browser", "matrix", "whole") for mark in item.iter_markers())


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    if config.getoption("dist") != "loadfile":
        return None
    from tests.scheduling import SharingScheduling  # of a plugin that need not be there

    return SharingScheduling(config, log)


def pytest_collection_finish() -> None:
    # what was collected stays to the end: Python need not look through it for what nobody holds any more
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """pytest looks five times through all that is there for what nobody holds: from the second time on, only through
    what came since."""
    gc.collect()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    # hundreds of processes of ours start in a run: where a machine forbids bytecode, each would compile all of it anew
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    config.pluginmanager.register(late_reading)
    if hasattr(config, "workerinput") or not getattr(config.option, "tx", None):
        from tests import made_once  # slow: most of what tests import, but whoever only shares out the files runs none

        config.pluginmanager.register(made_once)
    # little of what tests let go has to be looked for
    gc.set_threshold(50_000, 20, 20)
    if config.getoption("--fast"):
        sample_examples(FEW)
    else:
        sample_examples(SAMPLE if config.option.markexpr in SAMPLED else WHOLE)
    if is_sampled():
        _leave_constants_to_the_whole()


def _leave_constants_to_the_whole() -> None:
    """Hypothesis gathers the constants of every module of ours that some test has loaded by then, which takes each
    process seconds, and begins with it when the first file with a property is read: before any fixture."""
    vars(providers)["is_local_module_file"] = lambda _path: False


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """What is made again for each test, and is the same, is made once in this process; where it is loaded at all."""
    if hasattr(sys.modules.get("kuule.store.database"), "migrate_store"):
        from tests.prepared import migrate_once_from_here  # Django, which not every process of tests needs

        migrate_once_from_here()
    if hasattr(sys.modules.get("jinja2"), "Environment"):
        from tests.loaded.compiled import compile_once_from_here  # Jinja, likewise

        compile_once_from_here()


class SocketLeavesMachine(AssertionError):
    """A test tried to reach another machine."""


def browser_path(name: str, *, shell: bool = True) -> str:
    """Where a browser of the system is. Where it is missing: a skip with its reason, or a failure with CI=true.

    Not `shell`: with all that people have around the engine, which asks for things and keeps things by itself."""
    first = (SHELL,) if shell and name == "chromium" and is_sampled() else ()
    for command in (*first, *BROWSERS[name]):
        path = shutil.which(command)
        if path:
            return path
    reason = f"{name} is not installed; {_CURE}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _check_stays(address: Any) -> None:
    """Unix sockets and loopback pass; names are not looked up."""
    if not isinstance(address, tuple):
        return
    host = address[0].decode() if isinstance(address[0], bytes) else str(address[0])
    if host in ("localhost", ""):
        return
    try:
        stays = ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        stays = False
    if not stays:
        raise SocketLeavesMachine(f"a test tried to reach {host!r}; tests stay on this machine")


@pytest.fixture(autouse=True, scope="session")
def _what_holds_for_every_test(request: pytest.FixtureRequest) -> None:
    """One fixture for all: pytest looks for each again for each of 15,000 tests."""
    for name in (*_HELD, *sys.modules["tests.made_once"].FIXTURES):
        request.getfixturevalue(name)


_HELD = (
    "_memory_of_the_tests_is_not_locked",
    "_nothing_waits_for_the_disk",
    "_editions_are_frozen_once",
    "_collectors_are_forked",
    "_only_loopback",
)


@pytest.fixture(scope="session")
def _memory_of_the_tests_is_not_locked() -> Iterator[None]:
    """A command that is run in this process does not lock its memory for good: what is locked, and the limit on dumps,
    would hold for all tests after it.

    What locking does is tried on processes of their own (tests/sealing/test_memory_protection.py, tests/collector,
    tests/deploy).
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory_protection, "_no_core_dump", lambda: "")
        patch.setattr(memory_protection, "_not_dumpable", lambda: "")
        patch.setattr(memory_protection, "_no_swap", lambda *, later: "")
        yield


@pytest.fixture(scope="session")
def _nothing_waits_for_the_disk() -> Iterator[None]:
    """A file is told to reach the disk and nobody waits until it is there, which only a loss of power would show. That
    it is told, when, and what happens where the disk refuses, is tried in tests/core/test_files.py and
    tests/study/test_freeze.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture(scope="session")
def _editions_are_frozen_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """In one folder for all workers of the session."""
    own = tmp_path_factory.getbasetemp()
    Kept.folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "frozen"
    Kept.folder.mkdir(exist_ok=True)
    os.environ["KUULE_TESTS_TABLES"] = str(Kept.folder / "tables.sql")  # tests/prepared.py
    compiled = Kept.folder / "compiled"
    compiled.mkdir(exist_ok=True)
    os.environ["KUULE_TESTS_COMPILED"] = str(compiled)  # tests/loaded/compiled.py


@pytest.fixture(scope="session")
def one_chromium() -> Iterator[Any]:
    """A Chromium for all tests of this process, which rests until a test has it `awake`."""
    from tests.access.windows import resting_chromium  # slow: Playwright, which few tests need

    with resting_chromium(browser_path("chromium")) as window:
        yield window


@pytest.fixture
def chromium(one_chromium: Any) -> Iterator[Any]:
    """Chromium with script off and nothing of another test in it (`tests/access/test_windows.py`)."""
    with one_chromium.awake():
        one_chromium.again()
        yield one_chromium


@pytest.fixture
def fresh_chromium(one_chromium: Any) -> Iterator[Any]:
    """With a fresh profile, for what a browser keeps by itself."""
    with one_chromium.awake():
        one_chromium.anew()
        yield one_chromium


@pytest.fixture(scope="session")
def one_firefox() -> Iterator[Any]:
    """A Firefox for all tests of this process: it takes as long to start as most of them take with it."""
    from tests.access.windows import FirefoxWindow  # slow: Playwright, which few tests need
    from tests.ports import free_port

    with FirefoxWindow(browser_path("firefox"), free_port()) as window:
        yield window


@pytest.fixture
def firefox(one_firefox: Any) -> Any:
    """With an empty page. Our sites leave nothing in its profile (`tests/access/test_own_host.py`)."""
    one_firefox.anew()
    return one_firefox


@pytest.fixture(scope="session")
def _collectors_are_forked() -> Iterator[None]:
    """A collector that a test has run as the demo runs it need not load anything (`tests/loaded`); that of `kuule demo`
    itself, whose start is the point, does."""
    ours = SimpleNamespace(**vars(subprocess) | {"Popen": LoadedProcess})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server_process, "subprocess", ours)
        yield
    end_loaded()
    end_forking()


@pytest.fixture(scope="session")
def _only_loopback() -> Iterator[None]:
    connect, connect_ex, send_to = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _check_stays(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _check_stays(address)
        return connect_ex(self, address)

    def guarded_send_to(self: socket.socket, data: Any, *rest: Any) -> int:
        _check_stays(rest[-1])
        return send_to(self, data, *rest)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket.socket, "sendto", guarded_send_to)
    yield
    patch.undo()
