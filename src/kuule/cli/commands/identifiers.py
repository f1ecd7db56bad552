"""`kuule identifiers …`: what might point at a person in an open answer, suggested; what is not looked for, said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.commands.project_opening import LOOKING_ON, PassphraseOption, ProjectArgument, open_session
from kuule.cli.console import Exit, print_result, print_table, say
from kuule.cli.json_record import named_rows
from kuule.core.amounts import amount

if TYPE_CHECKING:
    from kuule.qualitative.identifiers.detector_coverage import DetectorCoverage

app = typer.Typer(help="What might point at a person in open answers: suggestions, for readers.", no_args_is_help=True)
_ModelOption = Annotated[
    Path | None,
    typer.Option(
        "--model", metavar="FOLDER", help="A spaCy pipeline or a GLiNER model in a folder, asked in addition."
    ),
]


@app.command("suggest")
def suggest_marks(
    project: ProjectArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Its id, or the beginning of it.")],
    model: _ModelOption = None,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Print what to look at in a text, as `answers redact --mark` takes it, with the rule. Nothing is marked."""
    from kuule.usecases.open_answers.suggested_marks import name_model, suggestions_for  # slow: Polars

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        shown = suggestions_for(session, text, name_model(model))
    _say_coverage(shown.coverage)
    rows = [
        (f"{span.start}-{span.end}:{one.suggestion.category}", one.suggestion.rule, one.recall)
        for one in shown.suggested
        for span in [one.suggestion.span]
    ]
    print_table(rows, suggestions=named_rows(("mark", "rule", "recall"), rows))
    say(f"{amount(len(rows), 'suggestion')}; none is a mark until a reader makes it one")
    return Exit.DONE


@app.command("coverage")
def show_coverage(project: ProjectArgument, model: _ModelOption = None, passphrase_fd: PassphraseOption = None) -> int:
    """Print what is looked for in each language of a project, and by what. Read it before the first text."""
    from kuule.usecases.open_answers.suggested_marks import coverage_of_project, name_model  # slow, as above

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        covered = coverage_of_project(session, name_model(model))
    for one in covered:
        _say_coverage(one)
    told = [
        {"language": one.language, "category": str(kind), "means": list(means)}
        for one in covered
        for kind, means in one.means.items()
    ]
    print_table(
        [(one.language, kind, " ".join(means) or "-") for one in covered for kind, means in one.means.items()],
        coverage=told,
    )
    return Exit.DONE


@app.command("measure")
def measure_recall(
    files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Made-up answers, as sv.txt: see the guide.")],
    model: _ModelOption = None,
) -> int:
    """Print of made-up answers how many planted facts are found, and how many suggestions are none, by language and
    kind."""
    from kuule.usecases.open_answers.suggested_marks import measure_suggestions, name_model  # slow, as above

    for measured in measure_suggestions(files, name_model(model)):
        print_table(
            [
                (measured.language, one.category, f"{one.found} of {one.planted}", f"{one.false_alarms} false alarms")
                for one in measured.recalls
            ],
            recalls=[
                {
                    "language": measured.language,
                    "category": str(one.category),
                    "found": one.found,
                    "planted": one.planted,
                    "false_alarms": one.false_alarms,
                }
                for one in measured.recalls
            ],
        )
        line = f"{measured.language}: {measured.found} of {measured.planted}, {measured.false_alarms} false alarms"
        print_result(line, recalls=[])
    return Exit.DONE


def _say_coverage(coverage: DetectorCoverage) -> None:
    for sentence in coverage.sentences:
        say(sentence)
