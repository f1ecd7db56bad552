"""All of Kuule on this machine, with respondents who do not exist. Every step is real."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import kuule
from kuule.core.problems import Problem
from kuule.core.processors import available_cpus
from kuule.rehearsal.crowd import Crowd
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.study_folder import check_study_is_there
from kuule.study.freeze import freeze_for_rehearsal
from kuule.usecases.demo.practice_folder import KEY_NAME, DemoError, PracticeFolder, fresh_practice_folder
from kuule.usecases.demo.practice_report import PracticeReport
from kuule.usecases.demo.report_site import serve_report
from kuule.usecases.demo.server_process import (
    LAST_PORT,
    ServerProcess,
    check_port_is_free,
    collector_workers,
    prepared_collector,
    wait_for_page,
)
from kuule.usecases.demo.tour import Tour
from kuule.usecases.demo.tour_materials import make_tour_materials
from kuule.usecases.demo.tour_site import serve_tour
from kuule.usecases.input_files import read_public_key
from kuule.usecases.key_custody.key_pair import make_key_pair
from kuule.usecases.progress import SILENT, ProgressListener

SHIPPED_STUDY = Path("studies/our-voice")
FEWEST_PEOPLE = 150
"""The first report needs this many people to say much, and on a slow machine it does not wait for more."""
FIRST_SECONDS = 20
"""How long the first report waits for more people than the fewest."""
_POLL_SECONDS = 0.5
_MINUTE = 60
_A_PERSON = 0.12
"""How many seconds one generated respondent of the study that ships takes, on two idle cores."""


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """The options of the demo."""

    study: Path
    folder: Path
    port: int
    report_port: int
    tour_port: int
    responses: int
    first: int
    seed: int
    once: bool
    database: str


class DemoVisitor(Protocol):
    """The person who tries the demo. They are told where things are, and may ask for a new report."""

    def ready(self, what: str, address: str) -> None:
        """Tell the visitor that the tour, the survey or the report is now at this address."""

    def hint(self) -> str:
        """A sentence that says how to ask for a new report and how to stop the demo."""

    def asks_again(self, seconds: float) -> bool:
        """Wait for at most this long, and return whether the visitor asks for a new report. A KeyboardInterrupt that
        this raises stops the demo."""


def shipped_study() -> Path:
    """Find studies/our-voice: in this folder, beside the source, or in the installed package.

    Raises DemoError DEMO_023 if it is in none of them.
    """
    package = Path(kuule.__file__).resolve().parent
    for place in (SHIPPED_STUDY, package.parents[1] / SHIPPED_STUDY, package / SHIPPED_STUDY):
        if (place / "study.toml").is_file():
            return place
    remedy = "run it in the folder of the project, or give a study with --study"
    raise DemoError(Problem("DEMO_023", str(SHIPPED_STUDY), "the study that ships is not here", remedy))


def run_demo(plan: DemoPlan, visitor: DemoVisitor, *, progress: ProgressListener = SILENT) -> None:
    """Run the demo once, or until KeyboardInterrupt. However it ends, nothing that it started is left running.

    Raises DemoError DEMO_020 to DEMO_022 and DEMO_024, and whatever its steps raise: StudyError, StoreError,
    ArchiveError, PublishingError.
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
        """Go through all steps. `running` stops what they start."""
        plan = self._plan
        _check_ports(plan)
        check_study_is_there(plan.study)
        practice = replace(running.enter_context(fresh_practice_folder(plan.folder)), other_database=plan.database)
        self._note_duration()
        arguments = _serve_arguments(plan, practice)
        child = running.enter_context(prepared_collector(arguments, practice.folder / "collector.txt"))
        tour = self._open_tour(practice, running)
        edition = self._freeze(practice, child)
        wait_for_page(child, plan.port)
        tour.tell(survey=True, languages=edition.languages)
        self._note_open()
        crowd = running.enter_context(self._crowd(edition, running))
        report = PracticeReport(practice, crowd, self._progress)
        _first_report(plan, crowd, report)
        if plan.once:
            self._visitor.ready("report", str(practice.report / "index.html"))
            return
        running.enter_context(serve_report(practice.report, plan.report_port))
        tour.translate_report_by(report.in_language)
        tour.tell(reported=report.people)
        self._visitor.ready("report", _report(plan))
        self._progress.note(f"  it took {self._seconds} seconds")
        make_tour_materials(plan.study, practice, self._progress)
        tour.tell(handed_over=True)
        self._serve_on(practice, child, crowd, report, tour)

    @property
    def _seconds(self) -> str:
        return f"{time.monotonic() - self._begun:.0f}"

    def _note_duration(self) -> None:
        """Say before anything is done how long the steps will take."""
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

    def _open_tour(self, practice: PracticeFolder, running: ExitStack) -> Tour:
        """Serve the page that leads through everything, before anything of it is ready. With `once`, nobody could look
        at it."""
        plan = self._plan
        tour = Tour(practice, port=plan.port, report=_report(plan), people=plan.responses, first=plan.first)
        if not plan.once:
            port = running.enter_context(serve_tour(tour, plan.tour_port))
            self._progress.note("open this first: it leads through everything, and says what is ready")
            self._visitor.ready("tour", f"http://127.0.0.1:{port}/")
        return tour

    def _freeze(self, practice: PracticeFolder, child: ServerProcess) -> Edition:
        public, _ = make_key_pair(practice.keys, KEY_NAME, rehearsal=True)
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
        """Start the generated respondents. `progress` is told how many have come."""
        plan, today = self._plan, datetime.now(UTC).date()
        counting = self._progress.counter("people who do not exist answer", plan.responses)
        return Crowd(
            _survey(plan),
            edition,
            people=plan.responses,
            seed=plan.seed,
            today=today,
            report_progress=running.enter_context(counting),
            threads=2 * _workers(),
        )

    def _serve_on(
        self, practice: PracticeFolder, child: ServerProcess, crowd: Crowd, report: PracticeReport, tour: Tour
    ) -> None:
        """Keep serving: make a new report when the visitor asks for one, and when everyone has come."""
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
                elif not self._visitor.asks_again(_POLL_SECONDS):
                    continue
                report.make()
                tour.tell(reported=report.people)
        except KeyboardInterrupt:
            self._progress.note(f"stopping; what was made stays in {practice.folder} until the demo starts again")

    def _note_what_to_do(self, practice: PracticeFolder) -> None:
        self._progress.note("")
        self._progress.note(f"skip what you like, try another language, send it. The secret key is in {practice.keys};")
        self._progress.note("  the collector never sees it")
        self._progress.note(self._visitor.hint())


def _survey(plan: DemoPlan) -> str:
    return f"http://127.0.0.1:{plan.port}"


def _report(plan: DemoPlan) -> str:
    return f"http://127.0.0.1:{plan.report_port}/"


def _check_ports(plan: DemoPlan) -> None:
    """Check the ports before anything is done. With `once`, the report is only a file and needs no port, and there is
    no tour. Raises DemoError DEMO_021."""
    taken: dict[int, str] = {}
    ports = [("survey", "--port", plan.port)]
    if not plan.once:
        ports += [("report", "--report-port", plan.report_port), ("tour", "--tour-port", plan.tour_port)]
    for what, option, port in ports:
        if port in taken:
            raise _same_port(port, taken[port], what, option, {plan.port, plan.report_port, plan.tour_port})
        check_port_is_free(port, option)
        taken[port] = what


def _same_port(port: int, first: str, second: str, option: str, given: set[int]) -> DemoError:
    """The error for two that were given one port, with the nearest that nobody was given."""
    cause = f"port {port} was given to the {first} and to the {second}"
    above = (other for other in range(port + 1, LAST_PORT + 1) if other not in given)
    below = (other for other in range(port - 1, 0, -1) if other not in given)
    remedy = f"give the {second} another port: {option} {next(above, None) or next(below)}"
    return DemoError(Problem("DEMO_021", f"127.0.0.1:{port}", cause, remedy))


def _serve_arguments(plan: DemoPlan, practice: PracticeFolder) -> list[str]:
    arguments = [str(practice.edition), "--database", practice.database, "--port", str(plan.port)]
    return [*arguments, "--workers", str(_workers()), "--rehearsal", "--drafts"]


def _workers() -> int:
    return collector_workers(available_cpus())


def _first_report(plan: DemoPlan, crowd: Crowd, report: PracticeReport) -> None:
    if plan.once:
        crowd.wait()
    elif not crowd.wait(FIRST_SECONDS, people=plan.first):
        crowd.wait(people=min(plan.first, FEWEST_PEOPLE))
    report.make(first=True)
