"""Where several processes run the tests, each file is read by the process that runs it, when its turn comes.

As xdist has it, every process reads all files before the first test begins, and takes as long for that as all tests of
a room. Here a file is one test until it is its turn; then its tests are found, chosen and run as ever, and each is
told of by its own name.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

_WHOLE_FILES = "whole_files"
"""What the process that shares out the files tells the others."""
_EVERY_PHASE = "every_phase"
"""Likewise: whether it wants to be told how each test was set up and ended, also where all went well."""


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Files are shared out as wholes, but where some tests of a file are asked for by their names."""
    named = any("::" in asked for asked in node.config.args)
    node.workerinput[_WHOLE_FILES] = node.config.getoption("dist") == "loadfile" and not named
    option = node.config.option
    node.workerinput[_EVERY_PHASE] = bool(option.verbose > 0 or option.durations is not None or option.xmlpath)


def pytest_configure(config: pytest.Config) -> None:
    given = getattr(config, "workerinput", {})
    if given.get(_WHOLE_FILES):
        config.pluginmanager.register(LateReading())
    if given and not given.get(_EVERY_PHASE):
        config.pluginmanager.register(FewMessages())


class FewMessages:
    """xdist's part in this process sends five messages for each test, and the process that takes them needs as long for
    them as many tests do. Of a test in which all went well one is enough: how it went."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        for plugin in session.config.pluginmanager.get_plugins():
            if hasattr(plugin, "sendevent"):
                plugin.sendevent = without_what_went_well(plugin.sendevent)


def without_what_went_well(send: Callable[..., None]) -> Callable[..., None]:
    """`WorkerInteractor.sendevent` of xdist, but for when a test begins and ends, and for how it was set up and taken
    down where that passed and wrote nothing."""

    def send_rest(name: str, **what: Any) -> None:
        data = what["data"] if name == "testreport" else {}
        around = data and data["when"] != "call" and data["outcome"] == "passed" and not data["sections"]
        if not around and name not in ("logstart", "logfinish"):
            send(name, **what)

    return send_rest


class UnreadFile(pytest.Module):
    """A file of tests that is not imported."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        yield WholeFile.from_parent(self, name="all")


class WholeFile(pytest.Item):
    """All tests of a file. It has no time limit: each of them has its own."""

    running = ""
    """The name of the test that runs: xdist takes a report only of what has the name that it gave out."""

    def __init__(self, *, name: str, parent: UnreadFile) -> None:
        super().__init__(name, parent)
        self.add_marker(pytest.mark.timeout(0))

    @property
    def nodeid(self) -> str:
        return self.running or super().nodeid

    def runtest(self) -> None:
        raise AssertionError("the tests of a file are run one by one")

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name


class LateReading:
    """The plugin of a process that is given files."""

    @pytest.hookimpl
    def pytest_pycollect_makemodule(self, module_path: Path, parent: pytest.Collector) -> UnreadFile:
        return UnreadFile.from_parent(parent, path=module_path)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None]:
        """What is asked for by marks or words is chosen when a file is read."""
        files = [item for item in items if isinstance(item, WholeFile)]
        yield
        known = set(items)
        items += [file for file in files if file not in known]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        if not isinstance(item, WholeFile):
            return None
        tests = _tests_of(item)
        if not tests:  # what files before this one share with it, and the next one does not, ends here
            item.ihook.pytest_runtest_setup(item=item)
            item.ihook.pytest_runtest_teardown(item=item, nextitem=nextitem)
        for test, after in zip(tests, [*tests[1:], nextitem], strict=False):
            item.running = test.nodeid
            item.ihook.pytest_runtest_protocol(item=test, nextitem=after)
            if item.session.shouldfail or item.session.shouldstop:
                break
        item.running = ""
        return True


def _tests_of(file: WholeFile) -> list[pytest.Item]:
    """What pytest finds in the file, chosen and ordered as all tests are. A file that cannot be read is told of."""
    unread = file.parent
    assert isinstance(unread, UnreadFile)
    assert unread.parent is not None
    module: Any = pytest.Module.from_parent(unread.parent, path=unread.path)
    tests = list(file.session.genitems(module))
    file.config.hook.pytest_collection_modifyitems(session=file.session, config=file.config, items=tests)
    return tests
