"""`kuule answers codebook|count|define`: the codes of a project, and how many answers have each."""

from __future__ import annotations

from typing import Annotated

import typer

from kuule.cli.commands.project_opening import LOOKING_ON, PassphraseOption, ProjectArgument, RoleOption, open_session
from kuule.cli.console import Exit, print_result, print_table, say
from kuule.cli.json_record import named_rows
from kuule.cli.shared_options import DatasetArgument


def show_codebook(project: ProjectArgument, passphrase_fd: PassphraseOption = None) -> int:
    """Print the tree of codes with definitions, and how many answers have each. Exact: for the team alone."""
    from kuule.usecases.open_answers.project_overview import frequencies  # slow: Polars, with the session

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        tree, found = session.tree, frequencies(session)
    rows = [("code", "definition", "answers", "with those below")]
    for one in found:
        entry = tree.entries[one.code]
        name = f"{'  ' * one.depth}{entry.name}{' (retired)' if entry.retired else ''}"
        rows.append((name, entry.definition, str(one.answers), str(one.with_below)))
    told = [
        {
            "code": "/".join(tree.path(one.code)),
            "definition": tree.entries[one.code].definition,
            "retired": tree.entries[one.code].retired,
            "answers": one.answers,
            "with_below": one.with_below,
        }
        for one in found
    ]
    print_table(rows, codes=told)
    return Exit.DONE


def count_answers(
    project: ProjectArgument,
    dataset: DatasetArgument,
    question: Annotated[
        list[str], typer.Option(help="A question that people answered in their own words; repeatable.")
    ],
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Count codes that two people agree on, beside the dataset, so that a report can have tables of them."""
    from kuule.dataset.schema.coded_questions import code_counts_path  # slow, as above
    from kuule.tables.request import code_item
    from kuule.usecases.open_answers.code_counting import count_codes

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        counted = count_codes(session, dataset, question)
    rows = [(code_item(one.question), each.code, each.name) for one in counted for each in one.answers]
    print_table(rows, codes=named_rows(("item", "code", "name"), rows))
    say(f"exact counts, for the team alone, are in {code_counts_path(dataset)}")
    say("report.md names the table by the first column and an answer by the second; disclosure control comes then")
    return Exit.DONE


def define_code(  # noqa: PLR0913, PLR0917 -- what a person may say of a code, each an option
    project: ProjectArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The code's name; one that is there is changed.")],
    role: RoleOption,
    under: Annotated[str | None, typer.Option(help="The code above it.")] = None,
    definition: Annotated[str | None, typer.Option(help="What it is.")] = None,
    example: Annotated[str | None, typer.Option(help="An example that is made up.")] = None,
    when_not: Annotated[str | None, typer.Option(help="When not to use it.")] = None,
    heading: Annotated[bool, typer.Option("--heading", help="It only groups others.")] = False,
    retire: Annotated[bool, typer.Option("--retire", help="It is not used any more.")] = False,
    into: Annotated[str | None, typer.Option(help="The code that counts in its place from now on.")] = None,
    name_in: Annotated[
        list[str] | None, typer.Option(metavar="TAG=NAME", help="Its name in another language, as fi=Apu; repeatable.")
    ] = None,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Put a code into the codebook, or change one. What is not said stays as it was."""
    from kuule.usecases.open_answers.given_codes import CodeChange, changed_entry  # slow, as above
    from kuule.usecases.open_answers.text_acts import save_code

    change = CodeChange(name, under, definition, example, when_not, heading, retire, into, name_in or ())
    with open_session(project, role, passphrase_fd) as session:
        entry = changed_entry(session.tree, change)
        save_code(session, entry)
    print_result(entry.code, code=entry.code)
    return Exit.DONE
