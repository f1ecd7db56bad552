"""One workbench with releases for the tests of this folder that go over HTTP; each begins with its own folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from kuule.releases.release_folder import ReleaseFolder
from tests.publishing.brief.small_brief import WHOLE, checked_register
from tests.study.small_study import make_study
from tests.workbench.release_desk.shelf import make_shelf
from tests.workbench.workbench_for_tests import Reply, Visitor, Workbench, running_workbench


@dataclass(frozen=True)
class ReleaseDesk:
    """`reviewer` reviews Swedish, `other` Arabic, which the releases do not have."""

    site: Workbench
    folder: Path
    coordinator: Visitor
    reviewer: Visitor
    other: Visitor
    translator: Visitor
    viewer: Visitor

    @property
    def lead(self) -> Visitor:
        return self.site.lead


@dataclass(frozen=True)
class FilledDesk:
    """The desk with its two releases as they are made."""

    desk: ReleaseDesk
    releases: Mapping[str, ReleaseFolder]

    def address(self, version: str, rest: str = "") -> str:
        """The address of a release, or of something of it."""
        return f"/releases/{self.releases[version].content[:16]}{rest}"

    def downloads(self, who: Visitor, version: str, kind: str = "report", language: str = "en", **more: str) -> Reply:
        """Press the button."""
        who.get(self.address(version))
        return who.post(self.address(version, "/ask"), {"kind": kind, "language": language, "go": "download", **more})


@pytest.fixture(scope="session")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReleaseDesk]:
    place = tmp_path_factory.mktemp("release-desk")
    folder = place / "releases"
    make_shelf(folder)
    study, register = make_study(place / "study"), checked_register(place / "register")
    (study / "briefs").mkdir()
    (study / "briefs" / "limitation.en.md").write_text(WHOLE, "utf-8")
    options = ("--releases", str(folder), "--register", str(register))
    with running_workbench(study, place / "data", *options) as site:
        made = [
            site.member(role, languages)
            for role, languages in (
                ("coordinator", []), ("reviewer", ["sv"]), ("reviewer", ["ar"]), ("translator", ["sv"]),
                ("viewer", ["sv"]),
            )
        ]  # fmt: skip
        yield ReleaseDesk(site, folder, *made)


class _MadeShelf:
    """The releases as they are made, anew only where a test changed one: the site reads again what has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._make()

    def as_made(self) -> Mapping[str, ReleaseFolder]:
        if self._stamps() != self._made:
            self._make()
        return self._releases

    def _make(self) -> None:
        self._releases = make_shelf(self._folder)
        self._made = self._stamps()

    def _stamps(self) -> Mapping[Path, tuple[int, int, int]]:
        found = {path: path.lstat() for path in self._folder.rglob("*")}
        return {path: (one.st_mtime_ns, one.st_size, one.st_ino) for path, one in found.items()}


@pytest.fixture(scope="session")
def _shelf(_desk: ReleaseDesk) -> _MadeShelf:
    return _MadeShelf(_desk.folder)


@pytest.fixture
def filled(_desk: ReleaseDesk, _shelf: _MadeShelf) -> FilledDesk:
    """The releases as they are made, whatever a test before did to the folder."""
    return FilledDesk(_desk, _shelf.as_made())
