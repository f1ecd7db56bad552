"""One workbench with a small register for the tests of this folder that go over HTTP; each begins with its own
files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.study.small_study import make_study
from tests.workbench.register_desk.coders import make_register
from tests.workbench.workbench_for_tests import Reply, Visitor, Workbench, running_workbench

_MARK = re.compile(r'name="mark" value="([^"]*)"')


@dataclass
class AtRegister:
    """A member who uses the register over HTTP."""

    visitor: Visitor

    def opens(self, where: str) -> Reply:
        return self.visitor.get(f"/register/{where}")

    def posts(self, where: str, page: Reply, go: str, **fields: str | list[str]) -> Reply:
        """Press a button on a page that was opened before."""
        found = _MARK.search(page.body.decode())
        mark = {"mark": found[1]} if found else {}
        return self.visitor.post(f"/register/{where}", {**mark, "go": go, **fields})

    def does(self, where: str, go: str, **fields: str | list[str]) -> Reply:
        """Open a page and press a button."""
        return self.posts(where, self.opens(where), go, **fields)


@dataclass(frozen=True)
class RegisterDesk:
    """`first` and `second` code Finland and Sweden, `swede` Sweden alone."""

    site: Workbench
    folder: Path
    first: AtRegister
    second: AtRegister
    swede: AtRegister
    coordinator: AtRegister
    lead: AtRegister
    viewer: AtRegister


@pytest.fixture(scope="session")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegisterDesk]:
    place = tmp_path_factory.mktemp("register-desk")
    folder = make_register(place / "register")
    with running_workbench(make_study(place / "study"), place / "data", "--register", str(folder)) as site:
        both = ("FI", "SE")
        coders = [site.member("coder", countries=one) for one in (both, both, ("SE",))]
        others = [site.member(role, ("sv",) if role == "viewer" else ()) for role in ("coordinator", "viewer")]
        for one in coders:
            one.get("/register/")
        first, second, swede, coordinator, viewer = map(AtRegister, (*coders, *others))
        yield RegisterDesk(site, folder, first, second, swede, coordinator, AtRegister(site.lead), viewer)


@pytest.fixture
def desk(_desk: RegisterDesk) -> RegisterDesk:
    """The register as it is made, and no round, whatever a test before did."""
    shutil.rmtree(_desk.folder)
    make_register(_desk.folder)
    shutil.rmtree(_desk.site.data / "register-rounds", ignore_errors=True)
    return _desk
