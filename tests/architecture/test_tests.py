"""Tests wait for what happens and not for a while, reach into nothing that a module keeps to itself, and leave Django
to whoever configures it for a whole process."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from tests.architecture.sources import ROOT, project_files, walk

WAITS = {
    "tests/cluster/test_killed_cluster.py": "for how long a network is cut is what is tried",
    "tests/collector/server/test_collector_server.py": "a server does not say when it has taken a line",
    "tests/deploy/test_floods.py": "somebody who is slow is what is tried",
    "tests/deploy/test_memory.py": "what is given back is overwritten a moment after, and nobody says when",
    "tests/deploy/test_nginx.py": "nginx writes a log, if it does, after it has answered",
    "tests/deploy/test_onion_front.py": "as in test_memory.py",
    "tests/deploy/test_onion_network.py": "as in test_memory.py",
    "tests/journeys/test_killed_under_load.py": "for how long a database is away is what is tried",
    "tests/journeys/test_media.py": "a button that was pressed comes to rest, and no page says so",
    "tests/journeys/test_traces.py": "visits have to begin in a later minute than the server",
    "tests/qualitative/project/test_killed_while_saving.py": "at which moment a process is killed is what is tried",
    "tests/store/failures/test_postgresql_sqlstates.py": "the senders are under way when the server goes",
    "tests/store/sqlite/test_file_lock.py": "who is inside stays there, so that another could come in",
    "tests/store/transactions/test_writer.py": "no thread says that it waits for a lock",
}
"""Where tests sleep once, outside of a loop that looks again, and why nothing can be waited for instead."""
POKES = {
    ("conftest.py", "_no_core_dump"): "what a command does to the process that it runs in would hold for all tests",
    ("conftest.py", "_not_dumpable"): "as above",
    ("conftest.py", "_no_swap"): "as above",
    ("chromium.py", "_set_running_loop"): "a driver leaves its event loop in a thread that goes on without it",
    ("test_page_renderer.py", "_kept"): "that nothing typed is kept is looked for in all that is kept",
    ("test_shared_pages.py", "_kept"): "as above",
    ("test_fair_semaphore.py", "_waiting"): "a queue tells nobody how long it is but a test",
    ("test_fair_semaphore.py", "_returning"): "as above",
    ("test_waiting_room.py", "_aside_left"): "nobody but a test asks how many have stepped aside",
    ("test_draft_sealing.py", "_aside_left"): "as above",
    ("test_writer.py", "_Running"): "a queue tells nobody how long it is but a test",
    ("test_writer.py", "_queue"): "as above",
    ("test_try_read.py", "_Running"): "as above",
    ("test_try_read.py", "_queue"): "as above",
    ("test_draft_sealing.py", "_key"): "the secret of a lock has no way out, which is meant",
    ("test_token.py", "_ring"): "keys in memory show nothing, which is looked at where they are",
    ("test_protected_key.py", "_secret"): "that a key is wiped is looked at where it was",
    ("test_partner_counts.py", "_unknown"): "chance is taken out of what is counted",
    ("test_partner_counts.py", "_counts"): "that nothing is counted is looked at where it would be",
    ("test_report_series_attack.py", "_solved"): "arithmetic that is held to a slow one",
    ("test_crowd.py", "_url"): "a site that goes away while a crowd is on its way",
    ("test_pythons.py", "_USUAL"): "scripts run on a bare Python, each a module for itself",
    ("test_setup.py", "_apt"): "as above",
    ("test_setup.py", "_pip"): "as above",
    ("test_setup.py", "_write_stamp"): "as above",
    ("test_setup.py", "_UNDER_WAY"): "as above",
    ("loaded_process.py", "_execute_child"): "a process that starts in another way, and is one of Python's in all else",
    ("files.py", "_sum"): "the sum of an Ogg page, which a test's own files need",
}
"""Names with an underscore that tests use, by file, and why."""
OTHERS = frozenset({"etree", "re2", "os", "sys", "socket"})
"""Modules of others that have no other name for what is meant."""
SLEEPS = frozenset({"time.sleep", "sleep"})
NAMED_TUPLE = frozenset({"_replace", "_asdict", "_fields", "_make"})
"""What every named tuple offers, under names that no field can have."""


POKING = re.compile(
    r"""(?<!\bself)(?<!\bcls)\._[A-Za-z]                                  # one._name
      | ["'.]_[A-Za-z]                                                   # setattr(one, "_name", …)
      | ^\s*from\ [\w.]+\ import\ (?:\([^)]*\b_[A-Za-z]|.*\b_[A-Za-z])    # from one import _name
    """,
    re.VERBOSE | re.MULTILINE,
)
"""What stands, somewhere, in every module that may reach into something: others are not parsed."""


@dataclass(frozen=True)
class Findings:
    """What the tests do that they should not, by file."""

    waiting: frozenset[str]
    poking: frozenset[tuple[str, str]]
    configuring: frozenset[str]


@cache
def findings() -> Findings:
    """Each module of the tests is read once and let go: kept, all of them would take much memory."""
    waiting, poking, configuring = set(), set(), set()
    for path in project_files():
        if path.suffix == ".py" and path.is_relative_to(ROOT / "tests"):
            text = path.read_text("utf-8")
            if waits_in(text):
                waiting.add(path.relative_to(ROOT).as_posix())
            poking |= {(path.name, name) for name in private_names_in(text)}
            if configures_django(text):
                configuring.add(path.relative_to(ROOT).as_posix())
    return Findings(frozenset(waiting), frozenset(poking), frozenset(configuring))


def waits_in(text: str) -> bool:
    return "sleep" in text and any(sleeps(ast.parse(text)))


def configures_django(text: str) -> bool:
    """Whether a module calls `settings.configure` itself, and not in a program that it writes for another process."""
    return "settings.configure(" in text and any(
        isinstance(node, ast.Call) and ast.unparse(node.func) == "settings.configure" for node in walk(ast.parse(text))
    )


def private_names_in(text: str) -> set[str]:
    """The names that a module reaches into something for."""
    return {name for name in pokes(ast.parse(text)) if is_private(name)} if POKING.search(text) else set()


def sleeps(node: ast.AST, *, looking: bool = False) -> Iterator[str]:
    """Calls of `sleep` outside of a `while` loop, but for a moment that chance chooses."""
    for inside in ast.iter_child_nodes(node):
        if (
            isinstance(inside, ast.Call)
            and not looking
            and called_name(inside) == "sleep"
            and ast.unparse(inside.func) in SLEEPS
        ):
            said = ast.unparse(inside)
            yield from () if ".uniform(" in said else (said,)
        in_function = isinstance(inside, ast.FunctionDef | ast.Lambda)
        yield from sleeps(inside, looking=isinstance(inside, ast.While) or (looking and not in_function))


def pokes(tree: ast.AST) -> Iterator[str]:
    """Names with an underscore that belong to something else: read, imported or patched."""
    for node in walk(tree):
        if isinstance(node, ast.Attribute):  # unparsed only where it counts: it is slow
            if is_private(node.attr) and ast.unparse(node.value).split(".")[0] not in {"self", "cls", *OTHERS}:
                yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Call) and called_name(node) in ("setattr", "getattr"):
            named = (given.value for given in node.args[:2] if isinstance(given, ast.Constant))
            yield from (str(name).rpartition(".")[2] for name in named)


def called_name(call: ast.Call) -> str:
    """The last part of what is called; nothing if it has no name."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in NAMED_TUPLE


@pytest.mark.slow
def test_tests_wait_for_what_happens() -> None:
    assert findings().waiting == set(WAITS)


@pytest.mark.slow
def test_tests_reach_into_nothing() -> None:
    assert findings().poking == set(POKES)


@pytest.mark.slow
def test_tests_leave_django_to_the_product() -> None:
    """There is one Django in a process: settings without its applications would fail the next test that has a store."""
    assert not findings().configuring


def test_configured_django_is_found() -> None:
    assert configures_django("def f():\n  settings.configure()")
    assert not configures_django("PROGRAM = 'settings.configure()'")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("while not done():\n time.sleep(1)", []),
        ("for one in many:\n time.sleep(1)", ["time.sleep(1)"]),
        ("while True:\n def f():\n  sleep(2)", ["sleep(2)"]),
        ("time.sleep(chance.uniform(0, 1))", []),
    ],
)
def test_sleeps_are_found(text: str, found: list[str]) -> None:
    assert list(sleeps(ast.parse(text))) == found


@pytest.mark.parametrize(
    "text",
    [
        "x._y", "from a import _y", "from a import (\n b,\n _y,\n)", "getattr(a, '_y')",
        "patch.setattr(a, '_y', 1)", "patch.setattr('a.b._y', 1)", "self.x._y",
    ],
)  # fmt: skip
def test_pokes_are_found(text: str) -> None:
    assert private_names_in(text) == (set() if text == "self.x._y" else {"_y"})
