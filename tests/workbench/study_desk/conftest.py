"""One workbench for the tests of the lead's desk: a study whose questionnaire is a workbook. Each test begins with it
as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kuule.languages.workflow.states import State
from kuule.sealing.keys import PublicKey
from tests.study.small_study import SETTINGS, make_study, rehearsal_key
from tests.workbench.accounts_file import asked
from tests.workbench.study_desk.questionnaires import with_workbook
from tests.workbench.workbench_for_tests import Reply, Visitor, Workbench, running_workbench

_TWO_LANGUAGES = "".join(line for line in SETTINGS.splitlines(keepends=True) if not line.startswith("ar = "))


@dataclass(frozen=True)
class LeadDesk:
    """`coordinator` sees the desk and changes nothing there."""

    site: Workbench
    coordinator: Visitor

    @property
    def lead(self) -> Visitor:
        return self.site.lead

    @property
    def form(self) -> Path:
        return self.site.study / "form.xlsx"

    def sends(self, content: bytes, name: str = "form.xlsx", who: Visitor | None = None) -> Reply:
        """Send a questionnaire, and go where that leads."""
        visitor = who or self.lead
        visitor.get("/study/questionnaire")
        return visitor.follow(visitor.send_file("/study/questionnaire", "form", name, content))

    def sends_key(self, text: str, who: Visitor | None = None) -> Reply:
        """Send a key."""
        visitor = who or self.lead
        visitor.get("/account")
        return visitor.send_file("/study/key", "key", "public.key", text.encode())

    def shows_factor(self) -> None:
        """The lead shows the second factor once more, or another lead where no code is left."""
        if self.lead.show_factor("/study/editions") is None:
            self.site.change_lead()
            assert self.lead.show_factor("/study/editions")

    @property
    def trail(self) -> list[str]:
        """What was done, the latest first."""
        return [str(what) for (what,) in asked(self.site, "SELECT what FROM workbench_entry ORDER BY id DESC")]


@pytest.fixture(scope="session")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LeadDesk]:
    place = tmp_path_factory.mktemp("study-desk")
    study = make_study(place / "study", settings=_TWO_LANGUAGES, languages={"sv": State.DRAFT_ONE})
    with running_workbench(with_workbook(study), place / "data") as site:
        yield LeadDesk(site, site.member("coordinator"))


@pytest.fixture
def desk(_desk: LeadDesk) -> Iterator[LeadDesk]:
    study = _desk.site.study
    kept = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    yield _desk
    for path, content in kept.items():
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    for path in study.rglob("*"):
        if path.is_file() and path not in kept:  # what a test added
            path.unlink()
    for name in ("editions", "questionnaires", "texts"):
        shutil.rmtree(_desk.site.data / name, ignore_errors=True)


@pytest.fixture(scope="session")
def public_key() -> PublicKey:
    return rehearsal_key().public
