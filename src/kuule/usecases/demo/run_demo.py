"""The whole of Kuule on this machine, with people who do not exist. No step of it is faked."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import kuule
from kuule.core.problems import Problem
from kuule.rehearsal.crowd import Crowd
from kuule.study.edition.study_edition import Edition
from kuule.study.freeze import freeze_for_rehearsal
from kuule.usecases.demo.practice_folder import DemoError, PracticeFolder, fresh_practice_folder
from kuule.usecases.demo.practice_report import PracticeReport
from kuule.usecases.demo.report_site import serve_report
from kuule.usecases.demo.server_process import (
    LAST_PORT,
    ServerProcess,
    check_port_is_free,
    prepared_collector,
    wait_for_page,
)
from kuule.usecases.input_files import read_public_key
from kuule.usecases.key_custody.key_pair import make_key_pair
from kuule.usecases.progress import SILENT, ProgressListener

SHIPPED_STUDY = Path("studies/our-voice")
FEWEST_PEOPLE = 150
"""On a slow machine the first report does not wait for more; with fewer it would say little."""
FIRST_SECONDS = 20
"""So long it waits for more than the fewest."""
_POLL_SECONDS = 0.5
_MINUTE = 60
_A_PERSON = 0.12
"""Seconds that a person of the study that ships takes, on two idle cores."""


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """What the demo was asked for."""

    study: Path
    folder: Path
    port: int
    report_port: int
    responses: int
    first: int
    seed: int
    once: bool
    database: str


class DemoVisitor(Protocol):
    """Who tries the demo out: is told where things are, and may ask for the report again."""

    def ready(self, what: str, address: str) -> None:
        """The survey or the report is there now, at this address."""

    def hint(self) -> str:
        """How the report is asked for again, and the demo stopped, in a sentence."""

    def asks_again(self, seconds: float) -> bool:
        """Wait so long at most; whether the report is asked for again. May raise KeyboardInterrupt: then it stops."""


def shipped_study() -> Path:
    """Find studies/our-voice: in this folder, beside the source, or in the installed package.

    Raises DemoError DEMO_023 where it is in none.
    """
    package = Path(kuule.__file__).resolve().parent
    for place in (SHIPPED_STUDY, package.parents[1] / SHIPPED_STUDY, package / SHIPPED_STUDY):
        if (place / "study.toml").is_file():
            return place
    remedy = "run it in the folder of the project, or give a study with --study"
    raise DemoError(Problem("DEMO_023", str(SHIPPED_STUDY), "the study that ships is not here", remedy))


def run_demo(plan: DemoPlan, visitor: DemoVisitor, *, progress: ProgressListener = SILENT) -> None:
    """Run the demo: once, or until KeyboardInterrupt. Nothing that it started is left running, however it ends.

    Raises DemoError DEMO_020 to DEMO_022, DEMO_024, and what its steps raise: StudyError, StoreError, ArchiveError,
    PublishingError.
    """
    with ExitStack() as running:
        _Demo(plan, visitor, progress).run(running)


class _Demo:
    """One run of the demo."""

    def __init__(self, plan: DemoPlan, visitor: DemoVisitor, progress: ProgressListener) -> None:
        self._plan = plan
        self._visitor = visitor
        self._progress = progress
        self._begun = time.monotonic()

    def run(self, running: ExitStack) -> None:
        """Go through all steps; `running` ends what they start."""
        plan = self._plan
        _check_ports(plan)
        practice = replace(running.enter_context(fresh_practice_folder(plan.folder)), other_database=plan.database)
        self._note_duration()
        arguments = _serve_arguments(plan, practice)
        child = running.enter_context(prepared_collector(arguments, practice.folder / "collector.txt"))
        edition = self._freeze(practice, child)
        wait_for_page(child, plan.port)
        self._note_open()
        crowd = running.enter_context(self._crowd(edition, running))
        report = PracticeReport(practice, crowd, self._progress)
        _first_report(plan, crowd, report)
        if plan.once:
            self._visitor.ready("report", str(practice.report / "index.html"))
            return
        running.enter_context(serve_report(practice.report, plan.report_port))
        self._visitor.ready("report", f"http://127.0.0.1:{plan.report_port}/")
        self._progress.note(f"  it took {self._seconds} seconds")
        self._serve_on(practice, child, crowd, report)

    @property
    def _seconds(self) -> str:
        return f"{time.monotonic() - self._begun:.0f}"

    def _note_duration(self) -> None:
        """Before anything is done: what comes when."""
        plan = self._plan
        if plan.once:
            self._progress.note(f"the survey, {plan.responses:,} people who do not exist, the report: then it stops")
        else:
            self._progress.note(
                "on two idle cores: the survey is there in five seconds, a first report in half a minute"
            )
        if plan.responses > plan.first:
            minutes = -(-plan.responses * _A_PERSON // _MINUTE)
            self._progress.note(
                f"  all {plan.responses:,} people who do not exist have come after some {minutes:.0f} minutes"
            )

    def _freeze(self, practice: PracticeFolder, child: ServerProcess) -> Edition:
        public, _ = make_key_pair(practice.keys, "practice", rehearsal=True)
        self._progress.note(f"1/7 a rehearsal key, in {practice.keys}")
        edition = freeze_for_rehearsal(self._plan.study, read_public_key(public), practice.edition, child.begin)
        self._progress.note(f"2/7 edition {edition.short} of {edition.study.id!r}, with its drafts of translations")
        return edition

    def _note_open(self) -> None:
        self._progress.note(f"3/7 the survey is open, after {self._seconds} seconds:")
        self._visitor.ready("survey", _survey(self._plan))
        if not self._plan.once:
            self._progress.note(
                "  open it now and answer, in Arabic if you like, with script switched off if you like;"
            )
            self._progress.note(f"  {self._plan.responses:,} people who do not exist answer beside you")

    def _crowd(self, edition: Edition, running: ExitStack) -> Crowd:
        """The people who do not exist; how many have come is told all the while."""
        plan, today = self._plan, datetime.now(UTC).date()
        counting = self._progress.counter("people who do not exist answer", plan.responses)
        return Crowd(
            _survey(plan),
            edition,
            people=plan.responses,
            seed=plan.seed,
            today=today,
            report_progress=running.enter_context(counting),
        )

    def _serve_on(self, practice: PracticeFolder, child: ServerProcess, crowd: Crowd, report: PracticeReport) -> None:
        """Make the report again when it is asked for, and when everyone has come."""
        self._note_what_to_do(practice)
        growing = report.people < self._plan.responses
        try:
            while True:
                if child.has_ended:
                    cause = f"it stopped: {child.last_output()}"
                    raise DemoError(Problem("DEMO_022", "the collector", cause, "start again"))
                if growing and crowd.wait(0):
                    growing = False
                    self._progress.note(
                        f"all {self._plan.responses:,} people who do not exist have come: {crowd.counts}"
                    )
                    report.make()
                elif self._visitor.asks_again(_POLL_SECONDS):
                    report.make()
        except KeyboardInterrupt:
            self._progress.note(f"stopping; what was made stays in {practice.folder} until the demo starts again")

    def _note_what_to_do(self, practice: PracticeFolder) -> None:
        self._progress.note("")
        self._progress.note(
            f"pass over what you like, try another language, send it. The secret key is in {practice.keys};"
        )
        self._progress.note("  the collector never sees it")
        self._progress.note(self._visitor.hint())


def _survey(plan: DemoPlan) -> str:
    return f"http://127.0.0.1:{plan.port}"


def _check_ports(plan: DemoPlan) -> None:
    """Before anything is done. With `once` the report is a file, and needs no port."""
    check_port_is_free(plan.port, "--port")
    if plan.once:
        return
    if plan.report_port == plan.port:
        cause = f"port {plan.port} was given to the survey and to the report"
        other = plan.port + 1 if plan.port < LAST_PORT else plan.port - 1
        remedy = f"give the report another port: --report-port {other}"
        raise DemoError(Problem("DEMO_021", f"127.0.0.1:{plan.port}", cause, remedy))
    check_port_is_free(plan.report_port, "--report-port")


def _serve_arguments(plan: DemoPlan, practice: PracticeFolder) -> list[str]:
    database = practice.database
    return [str(practice.edition), "--database", database, "--port", str(plan.port), "--rehearsal", "--drafts"]


def _first_report(plan: DemoPlan, crowd: Crowd, report: PracticeReport) -> None:
    if plan.once:
        crowd.wait()
    elif not crowd.wait(FIRST_SECONDS, people=plan.first):
        crowd.wait(people=min(plan.first, FEWEST_PEOPLE))
    report.make(first=True)
