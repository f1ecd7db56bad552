"""`kuule network …`: a study's partners, checked, listed with what they signed, and made into pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_problems, print_result, print_table, say
from kuule.cli.json_record import named_rows
from kuule.core.problem_groups import counted_problems, group_problems
from kuule.core.problems import Severity

app = typer.Typer(help="The partners of a study: check them, see who signed what, publish.", no_args_is_help=True)
_Study = Annotated[Path, typer.Argument(metavar="STUDY", help="The study folder, with partners/ in it.")]


@app.command("check")
def check_partners(study: _Study) -> int:
    """Say all that is wrong with a study's partners, statements and launches: code, place, cause, remedy."""
    from kuule.usecases.networking.check_network import check_study_network  # slow: forms; --help loads all commands

    found = check_study_network(study, today=_today())
    print_problems(found.problems)
    groups = group_problems(found.problems)
    errors = sum(group.severity is Severity.ERROR for group in groups)
    warnings = len(groups) - errors
    line = f"{study}: {_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    print_result(line, study=study, **counted_problems(found.problems))
    if not errors:
        sizes = (found.partners, "partner"), (found.statements, "statement"), (found.launches, "launch")
        say(", ".join(_counted(count, word) for count, word in sizes))
    return Exit.CHECK_FOUND_ERRORS if errors else Exit.DONE


@app.command("statement")
def show_statement(study: _Study, statement: Annotated[str, typer.Argument(help="The name of its folder.")]) -> int:
    """Print where each partner is with a joint statement: waiting, signed, partly, lapsed or withdrawn."""
    from kuule.usecases.networking.check_network import list_statement_signatures  # slow, as above

    found = list_statement_signatures(study, statement)
    rows = [
        (partner.code, partner.name, str(one.state), "" if one.on is None else one.on.date().isoformat())
        for partner, one in found.partners
    ]
    print_table(rows, partners=named_rows(("code", "name", "state", "on"), rows))
    for tag, text in found.signed.statement.texts.items():
        say(f"{tag}: sha256 {text.sha256}")
    return Exit.DONE


@app.command("site")
def build_pages(
    study: _Study,
    to: Annotated[Path, typer.Option(help="The folder for the pages: new, or of an earlier run.")],
    register: Annotated[
        Path | None, typer.Option(help="The folder of a register of law whose actions name this study.")
    ] = None,
) -> int:
    """Make pages of a study's partners, statements and dates: plain files for any web server."""
    from kuule.usecases.networking.publish_network import publish_study_network  # slow, as above

    built = publish_study_network(study, to, register=register, today=_today())
    print_result(str(to), folder=to, written=len(built.written), removed=len(built.removed))
    say(f"{len(built.written)} files" + (f", {len(built.removed)} removed that are gone" if built.removed else ""))
    return Exit.DONE


def _today() -> date:
    return datetime.now(UTC).date()


def _counted(count: int, word: str) -> str:
    plural = f"{word}es" if word.endswith("ch") else f"{word}s"
    return f"{count} {word if count == 1 else plural}"
