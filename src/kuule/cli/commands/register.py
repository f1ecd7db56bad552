"""`kuule register …`: a register of law, checked, shown, exported, and made into pages and calendars."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.aligned_tables import WIDEST, table_lines
from kuule.cli.console import Exit, print_files, print_problems, print_result, print_table, say
from kuule.cli.excerpt_lines import visible_letter
from kuule.cli.json_record import named_rows, running_record
from kuule.core.problem_groups import counted_problems, group_problems
from kuule.core.problems import Severity

if TYPE_CHECKING:
    from kuule.usecases.legal_register.show_register import ShownRegister

app = typer.Typer(help="A register of law: check it, look at it, publish it.", no_args_is_help=True)
_Folder = Annotated[Path, typer.Argument(metavar="REGISTER", help="The register's folder, with its register.yaml.")]
_FORMATS = ("csv", "json", "jsonld", "frictionless")


@app.command("check")
def check_files(register: _Folder) -> int:
    """Say all that is wrong with a register: code, place, cause, remedy."""
    from kuule.usecases.legal_register.check_register_folder import check_register_folder  # slow: pydantic

    found = check_register_folder(register, today=_today())
    print_problems(found.problems)
    groups = group_problems(found.problems)
    errors = sum(group.severity is Severity.ERROR for group in groups)
    warnings = len(groups) - errors
    line = f"{register}: {errors} {_word('error', errors)}, {warnings} {_word('warning', warnings)}"
    print_result(line, register=register, **counted_problems(found.problems), values=dict(found.values))
    if errors and not found.values:
        say("these come first: what the files say together is checked once each can be read")
    if found.values:
        counts = ", ".join(f"{name} {count}" for name, count in found.values.items())
        say(f"{sum(found.values.values())} values, by confidence: {counts}")
    return Exit.CHECK_FOUND_ERRORS if errors else Exit.DONE


@app.command("show")
def show(
    register: _Folder,
    names: Annotated[
        list[str] | None, typer.Argument(help="A country (FI), a provision (limitation-criminal), or both.")
    ] = None,
) -> int:
    """Print what is known: of everything, of a country, of a provision, or one country's answer to one provision."""
    from kuule.usecases.legal_register.show_register import show_register  # slow, as above

    shown = show_register(register, tuple(names or ()), today=_today())
    _print(shown)
    if shown.rows and names:
        say("marks: c confirmed by a second person, d due for review, ! disagreed with, u not settled by double coding")
    return Exit.DONE


@app.command("due")
def list_due(
    register: _Folder,
    on: Annotated[
        datetime | None, typer.Option(help="What will be due on this day; today by default.", formats=["%Y-%m-%d"])
    ] = None,
) -> int:
    """Print the values that somebody has to look at again, the longest overdue first."""
    from kuule.usecases.legal_register.show_register import due_rows  # slow, as above

    day = on.date() if on else _today()
    shown = due_rows(register, today=day)
    _print(shown)
    count = max(len(shown.rows) - 1, 0)
    say(f"{count} {_word('value', count)} due on {day}")
    return Exit.DONE


@app.command("agreement")
def show_agreement(register: _Folder) -> int:
    """Print how far blind coders differ on each provision, and whether it is settled."""
    from kuule.usecases.legal_register.show_register import agreement_rows  # slow, as above

    _print(agreement_rows(register))
    return Exit.DONE


@app.command("export")
def export_as(
    register: _Folder,
    to: Annotated[Path, typer.Option(help="The folder to write; it must not be there yet.")],
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(_FORMATS)}.")] = "csv",
) -> int:
    """Write a register for other programs: CSV, JSON, linked data, or a Frictionless data package."""
    from kuule.register.open_data.register_export import RegisterFormat  # slow, as above
    from kuule.usecases.legal_register.publish_register import export_register

    if form not in list(RegisterFormat):
        raise typer.BadParameter(f"give one of {', '.join(_FORMATS)}", param_hint="--format")
    written = export_register(register, RegisterFormat(form), to, today=_today())
    print_files(*written)
    return Exit.DONE


@app.command("site")
def build_pages(
    register: _Folder,
    to: Annotated[Path, typer.Option(help="The folder for the pages: new, or of an earlier run.")],
) -> int:
    """Make a register's pages, feeds and calendars: plain files for any web server."""
    from kuule.usecases.legal_register.publish_register import build_register_site  # slow, as above

    built = build_register_site(register, to, today=_today())
    print_result(str(to), folder=to, written=len(built.written), removed=len(built.removed))
    say(f"{len(built.written)} files" + (f", {len(built.removed)} removed that are gone" if built.removed else ""))
    return Exit.DONE


@app.command("calendar")
def write_feeds(
    register: _Folder, to: Annotated[Path, typer.Option(help="The folder for the calendars; those there are replaced.")]
) -> int:
    """Make calendars of a register's actions and deadlines (iCalendar): of all, and of each country."""
    from kuule.usecases.legal_register.publish_register import write_register_calendars  # slow, as above

    written = write_register_calendars(register, to)
    print_files(*written)
    if not written:
        say("the register has no actions, so there is no calendar")
    return Exit.DONE


@app.command("until")
def show_deadlines(
    register: _Folder, country: Annotated[str, typer.Argument(help="The country: an ISO 3166-1 code.")]
) -> int:
    """Print until when abuse can be reported in a country, by year of birth, and what is not known."""
    from kuule.usecases.legal_register.publish_register import country_deadlines  # slow, as above

    lines = country_deadlines(register, country, today=_today()).splitlines()
    print_result(*lines, lines=lines)
    return Exit.DONE


def _print(shown: ShownRegister) -> None:
    lines = [_visible(line) for line in shown.lines]
    rows = [[_visible(cell) for cell in row] for row in shown.rows]
    if not rows:
        print_result(*lines, rows=[], lines=lines)
        return
    if running_record() is not None:
        print_result(rows=named_rows(rows[0], rows[1:]), lines=lines)
    elif shown.sentences is not None and sys.stdout.isatty():
        print_result(*_with_sentences_below(rows, shown.sentences))
    else:
        print_table(rows)
    for line in lines:
        say(line)


def _visible(text: str) -> str:
    return "".join(map(visible_letter, text))


def _with_sentences_below(rows: Sequence[Sequence[str]], column: int) -> Iterator[str]:
    """The rows in columns, and below each what one of them says: in its column it would be cut to a few letters."""
    others = [[*row[:column], *row[column + 1 :]] for row in rows]
    for number, (line, row) in enumerate(zip(table_lines(others, texts=len(others[0])), rows, strict=True)):
        yield line
        if number and len(row[column]) > 1:
            yield from wrap(row[column], WIDEST, initial_indent="    ", subsequent_indent="    ")


def _today() -> date:
    return datetime.now(UTC).date()


def _word(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
