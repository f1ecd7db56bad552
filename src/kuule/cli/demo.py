"""`kuule demo`: the whole of Kuule on this machine, with people who do not exist. No step of it is faked."""

from __future__ import annotations

import select
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, progress_bar, say, stop_on_signals
from kuule.cli.keys import make_key_pair
from kuule.cli.practice_report import PracticeReport
from kuule.cli.rehearse import visits_in_words
from kuule.core.problems import Problem
from kuule.rehearsal.crowd import Crowd
from kuule.study.edition.study_edition import Edition
from kuule.study.freeze import freeze_for_rehearsal
from kuule.usecases.demo.practice_folder import DemoError, PracticeFolder, fresh_practice_folder
from kuule.usecases.demo.report_site import serve_report
from kuule.usecases.demo.server_process import (
    LAST_PORT,
    ServerProcess,
    check_port_is_free,
    prepared_collector,
    wait_for_page,
)
from kuule.usecases.input_files import read_public_key

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


def demo(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    study: Annotated[
        Path | None, typer.Option(help="The study folder; by default our-voice, which comes with Kuule.")
    ] = None,
    folder: Annotated[Path, typer.Option(help="Where everything is put; emptied first if the demo made it.")] = Path(
        "practice"
    ),
    port: Annotated[int, typer.Option(help="The port of the survey.", min=1, max=65535)] = 8000,
    report_port: Annotated[int, typer.Option(help="The port of the report.", min=1, max=65535)] = 8001,
    responses: Annotated[int, typer.Option(help="How many generated respondents answer.", min=1)] = 2000,
    first: Annotated[int, typer.Option(help="How many of them to wait for before the first report.", min=1)] = 300,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 1,
    once: Annotated[bool, typer.Option("--once", help="Do everything, then stop instead of serving.")] = False,
    database: Annotated[
        str, typer.Option(help="An empty database to keep answers in; a file in the folder by default.")
    ] = "",
) -> int:
    """Try everything on this machine: a practice survey is answered, sealed, opened, counted and reported."""
    plan = DemoPlan(study or shipped_study(), folder, port, report_port, responses, first, seed, once, database)
    with stop_on_signals(), ExitStack() as running:
        _run(plan, running)
    return Exit.DONE


def shipped_study() -> Path:
    """Find studies/our-voice: in this folder, beside the source, or in the installed package. Raises DEMO_023 where it
    is in none."""
    package = Path(__file__).resolve().parents[1]
    for place in (SHIPPED_STUDY, package.parents[1] / SHIPPED_STUDY, package / SHIPPED_STUDY):
        if (place / "study.toml").is_file():
            return place
    remedy = "run it in the folder of the project, or give a study with --study"
    raise DemoError(Problem("DEMO_023", str(SHIPPED_STUDY), "the study that ships is not here", remedy))


def _run(plan: DemoPlan, running: ExitStack) -> None:
    begun = time.monotonic()
    _check_ports(plan)
    practice = replace(running.enter_context(fresh_practice_folder(plan.folder)), other_database=plan.database)
    _say_how_long(plan)
    arguments = _serve_arguments(plan, practice)
    child = running.enter_context(prepared_collector(arguments, practice.folder / "collector.txt"))
    edition = _freeze(plan, practice, child)
    wait_for_page(child, plan.port)
    _say_open(plan, begun)
    crowd = running.enter_context(_crowd(plan, edition, running))
    report = PracticeReport(practice, crowd)
    _first_report(plan, crowd, report)
    if plan.once:
        print_result(f"report  {practice.report / 'index.html'}")
        return
    running.enter_context(serve_report(practice.report, plan.report_port))
    print_result(f"report  http://127.0.0.1:{plan.report_port}/")
    say(f"  it took {time.monotonic() - begun:.0f} seconds")
    _serve_on(plan, practice, child, crowd, report)


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


def _say_how_long(plan: DemoPlan) -> None:
    """Before anything is done: what comes when."""
    if plan.once:
        say(f"the survey, {plan.responses:,} people who do not exist, the report: then it stops")
    else:
        say("on two idle cores: the survey is there in five seconds, a first report in half a minute")
    if plan.responses > plan.first:
        minutes = -(-plan.responses * _A_PERSON // _MINUTE)
        say(f"  all {plan.responses:,} people who do not exist have come after some {minutes:.0f} minutes")


def _freeze(plan: DemoPlan, practice: PracticeFolder, child: ServerProcess) -> Edition:
    public, _ = make_key_pair(practice.keys, "practice", rehearsal=True)
    say(f"1/7 a rehearsal key, in {practice.keys}")
    edition = freeze_for_rehearsal(plan.study, read_public_key(public), practice.edition, child.begin)
    say(f"2/7 edition {edition.short} of {edition.study.id!r}, with its drafts of translations")
    return edition


def _serve_arguments(plan: DemoPlan, practice: PracticeFolder) -> list[str]:
    database = practice.database
    return [str(practice.edition), "--database", database, "--port", str(plan.port), "--rehearsal", "--drafts"]


def _say_open(plan: DemoPlan, begun: float) -> None:
    survey = f"http://127.0.0.1:{plan.port}"
    say(f"3/7 the survey is open, after {time.monotonic() - begun:.0f} seconds:")
    print_result(f"survey  {survey}")
    if not plan.once:
        say("  open it now and answer, in Arabic if you like, with script switched off if you like;")
        say(f"  {plan.responses:,} people who do not exist answer beside you")


def _crowd(plan: DemoPlan, edition: Edition, running: ExitStack) -> Crowd:
    """The people, and a bar at the terminal that counts them and the time that is left."""
    bar = running.enter_context(progress_bar("people who do not exist answer", plan.responses))
    today = datetime.now(UTC).date()
    survey = f"http://127.0.0.1:{plan.port}"
    return Crowd(survey, edition, people=plan.responses, seed=plan.seed, today=today, report_progress=bar.advance_to)


def _first_report(plan: DemoPlan, crowd: Crowd, report: PracticeReport) -> None:
    if plan.once:
        crowd.wait()
    elif not crowd.wait(FIRST_SECONDS, people=plan.first):
        crowd.wait(people=min(plan.first, FEWEST_PEOPLE))
    report.make(first=True)


def _serve_on(
    plan: DemoPlan, practice: PracticeFolder, child: ServerProcess, crowd: Crowd, report: PracticeReport
) -> None:
    """Make the report again when it is asked for, and when everyone has come."""
    terminal = sys.stdin.isatty()
    _say_what_to_do(practice, terminal=terminal)
    growing = report.people < plan.responses
    try:
        while True:
            if child.has_ended:
                cause = f"it stopped: {child.last_output()}"
                raise DemoError(Problem("DEMO_022", "the collector", cause, "start again"))
            if growing and crowd.wait(0):
                growing = False
                say(f"all {plan.responses:,} people who do not exist have come: {visits_in_words(crowd.counts)}")
                report.make()
            elif terminal and _entered():
                report.make()
            elif not terminal:
                time.sleep(_POLL_SECONDS)
    except KeyboardInterrupt:
        say("stopping; what was made stays in " + str(practice.folder) + " until the demo starts again")


def _say_what_to_do(practice: PracticeFolder, *, terminal: bool) -> None:
    say("")
    say("pass over what you like, try another language, send it. The secret key is in " + str(practice.keys) + ";")
    say("  the collector never sees it")
    if terminal:
        say("press Enter to open new answers into the report (then load it again); Ctrl-C stops everything")
    else:
        say("it serves until it is stopped")


def _entered() -> bool:
    """Wait a moment for Enter. The end of the terminal's input counts as being stopped."""
    ready, _, _ = select.select([sys.stdin], [], [], _POLL_SECONDS)
    if not ready:
        return False
    if not sys.stdin.readline():
        raise KeyboardInterrupt
    return True
