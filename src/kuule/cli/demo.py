"""`kuule demo`: the whole of Kuule on this machine, with people who do not exist. No step of it is faked."""

from __future__ import annotations

import select
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.archive import write_edition_archive
from kuule.cli.child import Child, check_port_is_free, collector
from kuule.cli.files import read_private_key, read_public_key
from kuule.cli.keys import make_pair
from kuule.cli.opening import open_archive_file
from kuule.cli.practice import DemoError, Practice, begun_afresh
from kuule.cli.rehearse import in_words, with_progress
from kuule.cli.report import write_reports
from kuule.cli.report_site import report_site
from kuule.cli.terminal import signals_stop
from kuule.cli.voice import Exit, result, say, tell_problems, working
from kuule.errors import Problem
from kuule.study.edition import Edition
from kuule.study.freeze import freeze

STUDY = Path("studies/our-voice")
_POLL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """What the demo was asked for."""

    study: Path
    folder: Path
    port: int
    report_port: int
    responses: int
    seed: int
    once: bool
    database: str


def demo(
    study: Annotated[Path | None, typer.Option(help="The study folder; our-voice, which ships, by default.")] = None,
    folder: Annotated[Path, typer.Option(help="Where everything is put; emptied first if the demo made it.")] = Path(
        "practice"
    ),
    port: Annotated[int, typer.Option(help="The port of the survey.", min=1, max=65535)] = 8000,
    report_port: Annotated[int, typer.Option(help="The port of the report.", min=1, max=65535)] = 8001,
    responses: Annotated[int, typer.Option(help="How many people who do not exist answer.", min=1)] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 1,
    once: Annotated[bool, typer.Option("--once", help="Do everything, then stop instead of serving on.")] = False,
    database: Annotated[
        str, typer.Option(help="An empty database to keep answers in; a file in the folder by default.")
    ] = "",
) -> int:
    """Try everything on this machine: a practice survey is answered, sealed, opened, counted and reported."""
    plan = Plan(study or shipped_study(), folder, port, report_port, responses, seed, once, database)
    with signals_stop(), ExitStack() as running:
        _run(plan, running)
    return Exit.DONE


def shipped_study() -> Path:
    """Find studies/our-voice: in this folder, beside the source, or in the installed package. Raises DEMO_023 where it
    is in none."""
    package = Path(__file__).resolve().parents[1]
    for place in (STUDY, package.parents[1] / STUDY, package / STUDY):
        if (place / "study.toml").is_file():
            return place
    remedy = "run it in the folder of the project, or give a study with --study"
    raise DemoError(Problem("DEMO_023", str(STUDY), "the study that ships is not here", remedy))


def _run(plan: Plan, running: ExitStack) -> None:
    check_port_is_free(plan.port, "--port")
    check_port_is_free(plan.report_port, "--report-port")
    practice = replace(running.enter_context(begun_afresh(plan.folder)), elsewhere=plan.database)
    edition = _freeze(plan, practice)
    survey = f"http://127.0.0.1:{plan.port}"
    serving = collector(_serve_arguments(plan, practice), plan.port, practice.folder / "collector.txt")
    child = running.enter_context(serving)
    say(f"3/7 the collector serves it at {survey}")
    rehearsed = with_progress(survey, edition, plan.responses, plan.seed)
    say(f"4/7 {plan.responses:,} people who do not exist came: {in_words(rehearsed)}")
    _publish(practice)
    running.enter_context(report_site(practice.report, plan.report_port))
    result(f"survey  {survey}", f"report  http://127.0.0.1:{plan.report_port}/")
    if not plan.once:
        _serve_on(practice, child)


def _freeze(plan: Plan, practice: Practice) -> Edition:
    public, _ = make_pair(practice.keys, "practice", rehearsal=True)
    say(f"1/7 a rehearsal key, in {practice.keys}")
    edition = freeze(plan.study, read_public_key(public), practice.edition, drafts=True)
    say(f"2/7 edition {edition.short} of {edition.study.id!r}, with its drafts of translations")
    return edition


def _serve_arguments(plan: Plan, practice: Practice) -> list[str]:
    database = practice.database
    return [str(practice.edition), "--database", database, "--port", str(plan.port), "--rehearsal", "--drafts"]


def _publish(practice: Practice) -> None:
    """Archive, open and report, each into the place of the one before."""
    with working("archiving, opening and counting"):
        envelopes = write_edition_archive(practice.edition, practice.database, practice.archive)
        keys = [read_private_key(path) for path in sorted(practice.keys.glob("*.secret-key"))]
        opening = open_archive_file(practice.archive, keys, practice.dataset)
        say(f"5/7 {envelopes:,} sealed answers archived, {practice.archive.stat().st_size / 1e6:.0f} MB")
        say(f"6/7 {opening.responses:,} opened with the key, {len(opening.unopened):,} could not be opened")
        for left in opening.unopened:
            say(f"  {left}")
        unset: list[Problem] = []
        [page] = write_reports(practice.dataset, practice.report / "index.html", unset=unset)
    say("7/7 the report is built" + ("" if unset else f", also as {page.with_suffix('.pdf')}"))
    tell_problems(unset)


def _serve_on(practice: Practice, child: Child) -> None:
    terminal = sys.stdin.isatty()
    say("")
    say("answer the survey yourself: switch script off in your browser if you like, try another language, pass over")
    say("  what you like, send it. The secret key is in " + str(practice.keys) + "; the collector never sees it.")
    if terminal:
        say("press Enter to open new answers into the report (then load it again); Ctrl-C stops everything")
    else:
        say("it serves until it is stopped")
    try:
        while True:
            if child.ended:
                cause = f"it stopped: {child.last_words()}"
                raise DemoError(Problem("DEMO_022", "the collector", cause, "start again"))
            if terminal and _entered():
                _publish(practice)
            elif not terminal:
                time.sleep(_POLL_SECONDS)
    except KeyboardInterrupt:
        say("stopping; what was made stays in " + str(practice.folder) + " until the demo starts again")


def _entered() -> bool:
    """Wait a moment for Enter. The end of the terminal's input counts as being stopped."""
    ready, _, _ = select.select([sys.stdin], [], [], _POLL_SECONDS)
    if not ready:
        return False
    if not sys.stdin.readline():
        raise KeyboardInterrupt
    return True
