"""`kuule rehearse EDITION --responses N`: people who do not exist answer a running collector."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, progress_bar
from kuule.rehearsal.crowd import RehearsalCounts, rehearse
from kuule.study.edition.study_edition import Edition, read_edition

URL = "http://127.0.0.1:8000"


def rehearse_edition(
    edition: Annotated[Path, typer.Argument(help="The practice edition that is being served.")],
    responses: Annotated[int, typer.Option(help="How many people come.", min=1)] = 100,
    url: Annotated[str, typer.Option(help="Where it is served, on this machine.")] = URL,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 1,
) -> int:
    """Try a study from end to end before anyone is asked: people who do not exist answer it, over HTTP."""
    print_result(visits_in_words(rehearse_with_progress(url, read_edition(edition), responses, seed)))
    return Exit.DONE


def rehearse_with_progress(url: str, edition: Edition, people: int, seed: int) -> RehearsalCounts:
    """Rehearse, with a bar at the terminal."""
    with progress_bar("people who do not exist answer", people) as bar:
        today = datetime.now(UTC).date()
        return rehearse(url, edition, responses=people, seed=seed, today=today, report_progress=bar.advance_to)


def visits_in_words(rehearsed: RehearsalCounts) -> str:
    """One line: how the visits ended."""
    words = f"{rehearsed.sent} sent, {rehearsed.stopped} stopped at a first question, {rehearsed.left} left unsent"
    if rehearsed.withdrawn:
        words += f", {rehearsed.withdrawn} took back what they had sent"
    return f"{words}; {rehearsed.paused} paused and came back" if rehearsed.paused else words
