"""`kuule calendar STUDY`: what is to be done on which day, in words, for programs and for calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import Exit, print_result, say
from kuule.cli.shared_options import StudyArgument

if TYPE_CHECKING:
    from kuule.planning.study_day import StudyDay

_INDENT = " " * 12


def show_study_days(
    study: StudyArgument,
    to: Annotated[Path | None, typer.Option(help="Write all days to this file as iCalendar (.ics).")] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--from", help="Print the days from this one on; today by default.", formats=["%Y-%m-%d"]),
    ] = None,
) -> int:
    """Print what is to be done on which day of a study: opening and closing, checks that grow old, the last day of
    taking back, looks at the key's sheets, the end. It is worked out from the study's files; no visit changes it."""
    from kuule.usecases.authoring.plan_study import plan_study  # slow: pydantic; --help loads all commands

    now = datetime.now(UTC)
    found = plan_study(study, now=now, to=to)
    today = since.date() if since else now.date()
    due, ahead = found.days_due(today), found.days_ahead(today)
    print_result(
        *(line for one in (*due, *ahead) for line in _lines(one, today)),
        study=found.study_id,
        days=[_told(one, today) for one in (*due, *ahead)],
        unknown=[{"place": one.place, "why": one.why} for one in found.unknown],
        file=to,
    )
    if due:
        say(f"due now: {len(due)}")
    for gap in found.unknown:
        say(f"not known ({gap.place}): {gap.why}")
    if to is not None:
        say(f"{len(found.days)} days are in {to}, also those that are over; make it again when the study changes")
    return Exit.DONE


def _lines(one: StudyDay, today: date) -> Iterator[str]:
    yield f"{one.day}  {one.title}" + (" (due)" if one.is_due(today) else "")
    yield from wrap(one.what, 96, initial_indent=_INDENT, subsequent_indent=_INDENT)
    yield from (f"{_INDENT}{command}" for command in one.commands)


def _told(one: StudyDay, today: date) -> dict[str, object]:
    told = {"id": one.id, "day": str(one.day), "due": one.is_due(today), "title": one.title}
    return {**told, "what": one.what, "commands": list(one.commands)}
