"""`kuule import FILE STUDY`: a study folder from a questionnaire of another program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuule.cli.commands.new import draw_partner_code
from kuule.cli.console import Exit, print_result, say, stop_on_signals
from kuule.core.amounts import amount
from kuule.core.shell_paths import shell_path

if TYPE_CHECKING:
    from kuule.core.problems import Problem
    from kuule.usecases.authoring.import_study import ImportedStudy

_MOST_CAUSES = 12


def import_questionnaire(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    file: Annotated[Path, typer.Argument(help="What the other program exported: .xlsx, .lss, .txt, .qsf or .csv.")],
    study: Annotated[Path, typer.Argument(help="The folder to create. The study's id is made of its name.")],
    source_language: Annotated[
        str, typer.Option(help="The language of the texts, like sv, where the file does not say it; en by default.")
    ] = "",
    organisation: Annotated[str, typer.Option(help="Who runs the study.")] = "",
    audience: Annotated[str, typer.Option("--for", help="Who is asked: survivors, offenders or public.")] = "",
    language: Annotated[list[str] | None, typer.Option(help="A further language, like sv; repeat it for more.")] = None,
    key_split: Annotated[str, typer.Option(help='How the key is split, like 2of3; "whole" for one file.')] = "",
    partner: Annotated[list[str] | None, typer.Option(help="A partner who spreads it; repeat it for more.")] = None,
    country: Annotated[
        list[str] | None, typer.Option(help="A country in which it is spread, like SE; repeat it for more.")
    ] = None,
    title: Annotated[str, typer.Option(help="What respondents and readers see; that of the file by default.")] = "",
) -> int:
    """Begin a study from a questionnaire of KoboToolbox, ODK, LimeSurvey, Qualtrics or REDCap, and list what was not
    taken and why."""
    from kuule.usecases.authoring import new_study_answers as read  # with the next: slow; --help loads all commands
    from kuule.usecases.authoring.import_study import import_study

    usual = read.NewStudyAnswers()
    meant = _all_meant(
        {
            "organisation": lambda: read.read_organisation(organisation or usual.organisation),
            "audience": lambda: read.read_audience(audience or str(usual.audience)),
            "languages": lambda: read.read_languages(tuple(language or ())),
            "key_split": lambda: read.read_key_split(key_split or usual.key_split),
            "partners": lambda: read.read_partners(tuple(partner or ())),
            "countries": lambda: read.read_countries(tuple(country or ())),
            "title": lambda: read.read_title(title),
            "source": lambda: read.read_language(source_language) if source_language else "",
        }
    )
    source = str(meant.pop("source"))
    with stop_on_signals():
        imported = import_study(
            file,
            study,
            read.NewStudyAnswers(**meant),
            language=source,
            today=datetime.now(UTC).date(),
            new_code=draw_partner_code,
        )
    print_result(str(study), study=study, **_told(imported))
    _say_what_came(study, imported)
    return Exit.DONE


def _told(imported: ImportedStudy) -> dict[str, object]:
    form = imported.form
    return {
        "program": str(form.program),
        "questions": imported.questions,
        "languages": [form.source_language, *form.languages],
        "not_taken": [{"place": one.place, "what": one.what, "why": one.said_why} for one in imported.not_taken],
    }


def _all_meant(readers: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """What each option means. Raises NewStudyError with everything that cannot be meant."""
    from kuule.usecases.authoring.new_study_answers import NewStudyError  # slow, as above

    meant: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, read in readers.items():
        try:
            meant[name] = read()
        except NewStudyError as error:
            problems += error.problems
    if problems:
        raise NewStudyError(*problems)
    return meant


def _say_what_came(study: Path, imported: ImportedStudy) -> None:
    from kuule.study_import.not_taken import grouped_by_cause  # slow, as above
    from kuule.usecases.authoring.import_study import NOT_TAKEN_FILE

    form = imported.form
    languages = ", ".join((form.source_language, *form.languages))
    say(f"{amount(imported.questions, 'question')} taken, in {languages}, from {form.program}")
    groups = grouped_by_cause(imported.not_taken)
    counted = Counter({cause: len(found) for cause, found in groups.items()})
    if counted:
        say(f"not taken, or changed ({len(imported.not_taken)}):")
    for (why, _), count in counted.most_common(_MOST_CAUSES):
        first = groups[why, _][0]
        more = f" and {count - 1} more" if count > 1 else ""
        say(f"  {first.place}: {first.what}{more}: {why}")
    say(f"all of it, with what to do: {study / NOT_TAKEN_FILE}")
    say(f"look at it: kuule preview {shell_path(study)}")
    say(f"nobody may be asked yet: {study / 'README.md'} says what only you can decide")
