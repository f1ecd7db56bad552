"""One workbench with the small study for all tests of this folder that go over HTTP; each begins with its own texts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.study.small_study import make_study
from tests.workbench.translation_desk.partners import AtDesk
from tests.workbench.workbench_for_tests import Workbench, running_workbench


@dataclass(frozen=True)
class Desk:
    """`first` and `second` translate into Swedish and Arabic, the others see both too; `arabic` translates into Arabic
    alone."""

    site: Workbench
    study: Path
    first: AtDesk
    second: AtDesk
    reviewer: AtDesk
    viewer: AtDesk
    arabic: AtDesk
    lead: AtDesk


@pytest.fixture(scope="session")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    place = tmp_path_factory.mktemp("desk")
    study = make_study(place / "study")
    with running_workbench(study, place / "data") as site:
        both = ("sv", "ar")
        members = [site.member(role, both) for role in ("translator", "translator", "reviewer", "viewer")]
        first, second, reviewer, viewer = (AtDesk(member) for member in members)
        for one in (first, second):
            one.visitor.get("/")
        arabic = AtDesk(site.member("translator", ("ar",)), "ar")
        yield Desk(site, study, first, second, reviewer, viewer, arabic, AtDesk(site.lead))


@pytest.fixture
def desk(_desk: Desk) -> Desk:
    """The study as it is made, whatever a test before did to it."""
    shutil.rmtree(_desk.study / "languages")
    make_study(_desk.study)
    return _desk
