"""`kuule rehearse EDITION --responses N`: people who do not exist answer a running collector."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_result
from kuule.cli.shared_options import SeedOption

URL = "http://127.0.0.1:8000"


def rehearse_edition(
    edition: Annotated[Path, typer.Argument(help="The practice edition that is being served.")],
    responses: Annotated[int, typer.Option(help="How many people come.", min=1)] = 100,
    url: Annotated[str, typer.Option(help="Where it is served, on this machine.")] = URL,
    seed: SeedOption = 1,
) -> int:
    """Try a study from end to end before anyone is asked: people who do not exist answer it, over HTTP."""
    from kuule.rehearsal.crowd import rehearse  # slow: the form engine; --help loads all commands
    from kuule.study.edition.study_edition import read_edition

    read, today = read_edition(edition), datetime.now(UTC).date()
    with CONSOLE.counter("people who do not exist answer", responses) as report_progress:
        counts = rehearse(url, read, responses=responses, seed=seed, today=today, report_progress=report_progress)
    print_result(str(counts), **asdict(counts))
    return Exit.DONE
