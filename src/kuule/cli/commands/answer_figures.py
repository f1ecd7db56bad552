"""`kuule answers dataset|themes|compare`: exact numbers for the team, and none of them for publication."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.commands.project_opening import LOOKING_ON, PassphraseOption, ProjectArgument, open_session
from kuule.cli.console import Exit, print_result, print_table, say
from kuule.cli.json_record import named_rows
from kuule.cli.shared_options import DatasetArgument
from kuule.core.amounts import amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kuule.usecases.open_answers.analyst_figures import AnalystFigure
    from kuule.usecases.open_answers.dataset_counts import DatasetCounts
    from kuule.usecases.open_answers.release_standing import ReleaseStanding

_EXACT = "exact numbers, for the team alone: not for publication, since none has been through disclosure control"


def show_dataset(
    project: ProjectArgument,
    dataset: DatasetArgument,
    part: Annotated[
        int | None, typer.Option(help="Print the figures of this part of the questionnaire.", min=1)
    ] = None,
    by: Annotated[str, typer.Option(metavar="CUT", help="Divide the figures by a group, as @language.")] = "",
    release: Annotated[Path | None, typer.Option(metavar="RELEASE", help="Compare quotes with its tables.")] = None,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Print what the dataset behind a project has: by language, by week, its parts or one of them, and releases."""
    from kuule.usecases.open_answers.analyst_figures import dataset_questions, question_figures  # slow: Polars
    from kuule.usecases.open_answers.dataset_counts import dataset_counts
    from kuule.usecases.open_answers.release_standing import release_standing

    questions = dataset_questions(dataset)
    if part is not None:
        chosen = [one for one in questions.sections if one.number == part]
        if not chosen:
            numbers = ", ".join(str(one.number) for one in questions.sections)
            raise typer.BadParameter(f"give one of {numbers}", param_hint="--part")
        for figure in question_figures(dataset, chosen[0].items, by or None):
            print_result(f"{figure.name}: {figure.question}", figures=[_told_figure(figure)])
            print_table(_figure_rows(figure), figures=[])
        say(_EXACT)
        return Exit.DONE
    counts = dataset_counts(dataset)
    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        standing = release_standing(session, dataset.resolve().parent, release=release, today=session.day)
    parts = [(f"part {one.number}", f"{one.heading} ({len(one.items)})") for one in questions.sections]
    rows = [*_count_rows(counts), *parts, *_standing_rows(standing)]
    print_table(rows, rows=named_rows(("what", "value"), rows))
    for problem in standing.problems:
        say(f"{problem.place}: {problem.cause}")
    say(_EXACT)
    return Exit.DONE


def show_themes(
    project: ProjectArgument,
    item: Annotated[str, typer.Option(help="Only answers to this question.")] = "",
    language: Annotated[str, typer.Option(help="Only answers in this language.")] = "",
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Print codes by how many answers have them, the most frequent first."""
    from kuule.usecases.open_answers.code_comparison import theme_counts  # slow, as above

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        found = theme_counts(session, item=item, language=language)
    rows = [("code", "with those below", "answers")]
    told = [{"code": "/".join(one.path), "with_below": one.with_below, "answers": one.answers} for one in found.themes]
    rows += [("/".join(one.path), str(one.with_below), str(one.answers)) for one in found.themes]
    print_table(rows, codes=told, coded=found.coded, single=found.single, disputed=found.disputed)
    coded = amount(found.coded, "answer is", "answers are")
    say(f"{coded} coded, {found.single:,} of them by one alone; of {found.disputed:,} more coders differ")
    say(_EXACT)
    return Exit.DONE


def compare_codings(
    project: ProjectArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help="A code, as Help or Help/School.")],
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Print in which texts coders differ on a code, first, and in which they agree: who gave it, and who did not."""
    from kuule.usecases.open_answers.code_comparison import compared_texts  # slow, as above
    from kuule.usecases.open_answers.given_codes import named_code

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        found = compared_texts(session, session.tree.counted_as(named_code(session.tree, code)))
    rows = [(one.text.id, one.state, " ".join(one.gave), " ".join(one.did_not)) for one in found]
    print_table(rows, texts=named_rows(("id", "state", "gave", "did_not"), rows))
    having, differing = amount(len(found), "text has", "texts have"), sum(one.differs for one in found)
    say(f"{having} it from a coder who was done; on {differing:,} they differ")
    return Exit.DONE


def _count_rows(counts: DatasetCounts) -> Iterator[tuple[str, str]]:
    yield "responses", str(counts.responses)
    yield "unopened", str(counts.unopened)
    yield "locked", "yes" if counts.locked else "no"
    for tag, number in counts.languages.items():
        yield f"language {tag}", str(number)
    for week in counts.weeks:
        yield f"week {week.name}", str(week.responses)


def _standing_rows(standing: ReleaseStanding) -> Iterator[tuple[str, str]]:
    for one in standing.releases:
        state = "practice" if one.practice else str(one.state)
        fits = "" if one.fits else ", of another version of the dataset"
        yield f"release {one.version}", f"{one.day}, {state}, {one.tables} tables{fits}: {one.path}"
    for state, numbers in standing.quotes.items():
        yield f"quotes {state}", " ".join(map(str, numbers))


def _told_figure(figure: AnalystFigure) -> dict[str, object]:
    groups = [{"group": name, "base": base} for name, base in figure.groups]
    answers = [{"answer": row.label, "counts": list(row.counts)} for row in figure.rows]
    return {"name": figure.name, "question": figure.question, "groups": groups, "answers": answers}


def _figure_rows(figure: AnalystFigure) -> list[tuple[str, ...]]:
    rows = [("answer", *(name for name, _ in figure.groups))]
    rows += [(row.label, *map(str, row.counts)) for row in figure.rows]
    rows += [("people who answered", *(str(base) for _, base in figure.groups))]
    return rows
