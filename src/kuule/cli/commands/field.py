"""`kuule close`, `kuule reopen` and `kuule launch`: the field period of a survey, by an order in its store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import Exit, print_result, say
from kuule.cli.shared_options import DEFAULT_DATABASE, CollectorDatabaseOption
from kuule.cli.study_confirmation import StudyNameOption, confirm_study

if TYPE_CHECKING:
    from kuule.usecases.collecting.field_orders import FieldOverview

_EditionArgument = Annotated[Path, typer.Argument(help="The edition that new visits get.")]


def close_field(
    edition: _EditionArgument,
    database: CollectorDatabaseOption = DEFAULT_DATABASE,
    finish_days: Annotated[
        int | None,
        typer.Option(help="For how many days those in the middle may finish; as study.toml says by default.", min=1),
    ] = None,
    study: StudyNameOption = None,
) -> int:
    """Close a survey: no visit begins any more, on any of its collectors, within seconds. Those in the middle may
    finish, and paused visits can be resumed for as long as that was promised. The site stays up: help, and taking
    answers back, are still there."""
    from kuule.usecases.collecting.field_orders import find_survey  # slow: Django; --help loads all commands

    survey = find_survey(edition, database, datetime.now(UTC))
    if not survey.status().has_closed:
        confirm_study(survey.study, study, f"This closes {survey.study} to everybody who has not begun yet.")
    return _print(survey.close(finish_days))


def reopen_field(
    edition: _EditionArgument, database: CollectorDatabaseOption = DEFAULT_DATABASE, study: StudyNameOption = None
) -> int:
    """Let visits begin again, whatever first and last day the study has."""
    from kuule.usecases.collecting.field_orders import find_survey  # slow: Django, as above

    survey = find_survey(edition, database, datetime.now(UTC))
    confirm_study(survey.study, study, f"This opens {survey.study} again; it is {survey.status().phase} now.")
    return _print(survey.open_again())


def launch_field(
    edition: _EditionArgument, database: CollectorDatabaseOption = DEFAULT_DATABASE, study: StudyNameOption = None
) -> int:
    """End the soft launch of a survey: everybody may begin."""
    from kuule.usecases.collecting.field_orders import find_survey  # slow: Django, as above

    survey = find_survey(edition, database, datetime.now(UTC))
    sentence = f"This ends the soft launch of {survey.study}: all its languages and links open."
    confirm_study(survey.study, study, sentence)
    return _print(survey.launch())


def _print(overview: FieldOverview) -> int:
    status = overview.status
    days = {
        "opens": status.opens,
        "closes": status.closes,
        "finish_until": status.finish_until,
        "paused_until": status.paused_until,
    }
    told = {key: None if day is None else day.isoformat() for key, day in days.items()}
    print_result(str(status.phase), study=overview.study, phase=str(status.phase), changed=overview.changed, **told)
    if not overview.changed:
        say("it was so already: nothing was changed")
    if status.has_closed and status.finish_until is not None and status.paused_until is not None:
        say(_finishing(status.finish_until, status.paused_until))
    return Exit.DONE


def _finishing(finish_until: date, paused_until: date) -> str:
    words = f"whoever has begun may finish until {finish_until}"
    return words if paused_until == finish_until else f"{words}, and whoever paused until {paused_until} at the latest"
