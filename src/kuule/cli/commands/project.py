"""`kuule project …`: a project of open answers, one sealed file: made, looked at, renewed, merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuule.cli.commands.project_opening import (
    LOOKING_ON,
    PassphraseOption,
    ProjectArgument,
    RoleOption,
    open_session,
    passphrase_source,
    today,
)
from kuule.cli.console import CONSOLE, Exit, print_files, print_result, print_table, say, stop_on_signals
from kuule.cli.json_record import named_rows
from kuule.cli.shared_options import DatasetArgument
from kuule.core.amounts import amount

if TYPE_CHECKING:
    from kuule.qualitative.coding.code_agreement import CodeAgreement
    from kuule.qualitative.project.dataset_intake import IntakeResult

app = typer.Typer(help="A project of open answers: one sealed file that a team works in.", no_args_is_help=True)


@app.command("new")
def make_new(
    dataset: DatasetArgument,
    to: Annotated[Path, typer.Option(help="The file to write; nothing may be there.")],
    role: RoleOption,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Make a project of the open answers of a dataset."""
    from kuule.usecases.open_answers.project_keeping import make_project  # slow: Polars; --help loads all commands

    with stop_on_signals():
        passphrase = passphrase_source(passphrase_fd).ask_new()
        made = make_project(dataset, to, passphrase, role=role, day=today(), progress=CONSOLE)
    print_result(str(to), files=[to], texts=made.added)
    say(f"{amount(made.added, 'text')}; whoever has this file and the passphrase can read all of them")
    return Exit.DONE


@app.command("status")
def show_status(
    project: ProjectArgument,
    dataset: Annotated[Path | None, typer.Option(help="Check that the texts are of this dataset as it is now.")] = None,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Print how many texts there are, and how far they are redacted and coded."""
    from kuule.usecases.open_answers.project_overview import project_status  # slow, as above

    with open_session(project, LOOKING_ON, passphrase_fd, dataset=dataset) as session:
        status = project_status(session)
    rows = [("dataset", one.version) for one in status.datasets]
    counts = {"texts": status.texts, "answers": status.answers, "withdrawn": status.withdrawn, "acts": status.acts}
    rows += [(name, str(count)) for name, count in counts.items()]
    for name, part in (("language", status.by_language), ("item", status.by_item)):
        rows += [(f"{name} {key}", str(count)) for key, count in part.items()]
    rows += [(f"redaction {state}", str(count)) for state, count in sorted(status.redaction.items())]
    rows += [(f"coding {state}", str(count)) for state, count in sorted(status.coding.items())]
    rows += [(f"leave to quote {leave}", str(count)) for leave, count in sorted(status.leave.items())]
    told = {"datasets": [one.version for one in status.datasets], **counts}
    told |= {"by_language": dict(status.by_language), "by_item": dict(status.by_item)}
    told |= {"redaction": _by_state(status.redaction), "coding": _by_state(status.coding)}
    told |= {"leave": _by_state(status.leave), "disagreements": status.disagreements}
    print_table([*rows, ("disagreements", str(status.disagreements))], **told)
    if len(status.datasets) > 1:
        say("copies took in different versions of the dataset: take in the newest (`kuule project take`)")
    return Exit.DONE


@app.command("take")
def take_dataset(
    project: ProjectArgument, dataset: DatasetArgument, role: RoleOption, passphrase_fd: PassphraseOption = None
) -> int:
    """Take in the dataset as it is now: new texts come, and withdrawn ones go with all that was said of them."""
    from kuule.usecases.open_answers.project_keeping import take_newer_dataset  # slow, as above

    with open_session(project, role, passphrase_fd) as session:
        taken = take_newer_dataset(session, dataset)
    print_result(str(project), files=[project], added=taken.added, withdrawn=taken.withdrawn)
    for line in _intake_lines(taken):
        say(line)
    return Exit.DONE


@app.command("merge")
def merge_copies(
    project: ProjectArgument,
    copy: Annotated[Path, typer.Argument(metavar="COPY", help="Another copy of it; it stays as it is.")],
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Take all that another copy of the project has into this one. Nothing is lost; what contradicts is told."""
    from kuule.usecases.open_answers.project_keeping import merge_project_copy  # slow, as above

    source = passphrase_source(passphrase_fd)
    with open_session(project, LOOKING_ON, passphrase_fd, source=source) as session:
        merged = merge_project_copy(session, copy, source.ask_existing(str(copy)))
    told = {"acts": merged.acts, "texts": merged.texts, "withdrawn": merged.withdrawn}
    print_result(str(project), files=[project], **told, disagreements=merged.disagreements)
    came = f"{amount(merged.acts, 'act')}, {amount(merged.texts, 'text')} and {amount(merged.withdrawn, 'withdrawal')}"
    say(f"{came} came from the other copy")
    if merged.disagreements:
        changed = amount(merged.disagreements, "thing was", "things were")
        say(f"{changed} changed in both: see `kuule project disagreements`")
    return Exit.DONE


@app.command("passphrase")
def change_passphrase(project: ProjectArgument, passphrase_fd: PassphraseOption = None) -> int:
    """Change the passphrase of this file. Copies of it keep theirs."""
    from kuule.usecases.open_answers.project_keeping import change_project_passphrase  # slow, as above

    source = passphrase_source(passphrase_fd)
    with open_session(project, LOOKING_ON, passphrase_fd, source=source) as session:
        change_project_passphrase(session, source.ask_new())
    print_files(project)
    say("copies of this file still open with the old passphrase: delete them, or change theirs")
    return Exit.DONE


@app.command("history")
def show_history(
    project: ProjectArgument,
    text: Annotated[str | None, typer.Option(help="Only what was said of this text.")] = None,
    kind: Annotated[str, typer.Option(help="Only acts of this kind, the fourth column.")] = "",
    mine: Annotated[str, typer.Option("--as", metavar="ROLE", help="Only what you did; it is not counted.")] = "",
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Print all acts: id, day, role, what it is, and whether it was taken back. No words of an answer are in it."""
    from kuule.usecases.open_answers.project_overview import history  # slow, as above

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        acts = history(session, text=None if text is None else session.text(text).id, kind=kind, role=mine)
    about = ((act, act.content.about_text or act.content.cell[-1], undone) for act, undone in acts)
    rows = [
        (act.id, act.day.isoformat(), act.role, act.content.kind, on, "taken back" if undone else "")
        for act, on, undone in about
    ]
    print_table(rows, acts=named_rows(("id", "day", "role", "kind", "about", "undone"), rows))
    say("nothing is counted by person" if mine else f"{len(rows):,} acts")
    return Exit.DONE


@app.command("undo")
def undo_act(
    project: ProjectArgument,
    act: Annotated[str, typer.Argument(metavar="ACT", help="Its id, as `kuule project history` has it.")],
    role: RoleOption,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Take back an act of your own. Taking back what took it back brings it in force again."""
    from kuule.usecases.open_answers.text_acts import take_back  # slow, as above

    with open_session(project, role, passphrase_fd) as session:
        made = take_back(session, act).id
    print_result(made, act=made)
    return Exit.DONE


@app.command("export")
def export_for_others(
    project: ProjectArgument,
    to: Annotated[Path, typer.Option(help="The file to write: .qdpx, or .qdc for the codebook alone.")],
    role: RoleOption,
    decided: Annotated[
        bool, typer.Option("--decided", help="Codes that count, by nobody, instead of what coders gave.")
    ] = False,
    without_memos: Annotated[bool, typer.Option("--without-memos", help="Leave all memos out.")] = False,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Write redacted texts, codes and codings for other programs (REFI-QDA). No word that was marked leaves."""
    from kuule.usecases.open_answers.project_export import export_project  # slow, as above

    with open_session(project, role, passphrase_fd) as session:
        counts = export_project(session, to, decided=decided, with_memos=not without_memos)
    told = {"texts": counts.texts, "codes": counts.codes, "codings": counts.codings, "memos": counts.memos}
    print_result(str(to), files=[to], **told, not_redacted=counts.not_redacted)
    coded = f"{amount(counts.texts, 'text')} with {amount(counts.codings, 'coding')}"
    say(f"{amount(counts.codes, 'code')}, {coded}, {amount(counts.memos, 'memo')}")
    if counts.not_redacted:
        say(f"{amount(counts.not_redacted, 'text stays', 'texts stay')} here: not redacted by two")
    if counts.texts:
        say("the file is not sealed: whoever has it can read the redacted texts; delete it after use")
    return Exit.DONE


@app.command("import")
def import_from_others(
    project: ProjectArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .qdpx or .qdc of any program.")],
    role: RoleOption,
    user: Annotated[str, typer.Option(help="Whose codings are meant, where several people coded in it.")] = "",
    done: Annotated[bool, typer.Option("--done", help="This coder is done with each text that has codes.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Take away codings that the file does not have.")] = False,
    skip_changed: Annotated[
        bool, typer.Option("--skip-changed", help="Leave out texts whose words are not those of the project.")
    ] = False,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Take in codes, memos and one person's codings that were made with another program (REFI-QDA)."""
    from kuule.usecases.open_answers.project_import import ImportChoices, import_project  # slow, as above

    choices = ImportChoices(user, done, replace, skip_changed)
    with open_session(project, role, passphrase_fd) as session:
        taken = import_project(session, file, choices)
    told = {"codes": taken.codes, "memos": taken.memos, "coded_texts": taken.coded_texts}
    print_result(str(project), files=[project], **told, left_out={str(one): n for one, n in taken.left_out.items()})
    new = f"{amount(taken.codes, 'new code')} and {amount(taken.memos, 'new memo')}"
    say(f"{new}; the codes of {amount(taken.coded_texts, 'text')} are others now")
    for reason, count in taken.left_out.items():
        say(f"not taken in: {count:,} {reason}")
    for what, count in taken.differing.items():
        say(f"the file says otherwise of {amount(count, 'code')} ({what}); the codebook stays as it is")
    return Exit.DONE


@app.command("disagreements")
def list_disagreements(project: ProjectArgument, passphrase_fd: PassphraseOption = None) -> int:
    """Print what coders or copies do not agree on: of what kind it is, and of which text or code."""
    from kuule.usecases.open_answers.project_overview import disagreements  # slow, as above

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        rows = [(one.kind, one.about, " ".join(act.id for act in one.acts)) for one in disagreements(session)]
    print_table(rows, disagreements=named_rows(("kind", "about", "acts"), rows))
    say(f"{len(rows):,} to look at" if rows else "nothing to settle")
    return Exit.DONE


@app.command("agreement")
def show_agreement(project: ProjectArgument, passphrase_fd: PassphraseOption = None) -> int:
    """Print how far blind coders agree on each code: percent, Krippendorff's alpha, Cohen's kappa of each pair."""
    from kuule.usecases.open_answers.project_overview import agreement_by_code  # slow, as above

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        tree, found = session.tree, agreement_by_code(session)
    rows = [("code", "texts", "having", "agree", "alpha", "kappa", "meaning")]
    for one in found:
        kappas = " ".join(f"{'/'.join(pair)} {_figure(kappa)}" for pair, kappa in one.kappas.items())
        path = "/".join(tree.path(one.code))
        figures = (_figure(one.agreement), _figure(one.alpha), kappas or "-")
        rows.append((path, str(one.texts), str(one.having), *figures, one.meaning))
    print_table(rows, codes=[_agreement(tree.path(one.code), one) for one in found])
    say("exact figures of the team's own work; the codings they are from are blind, before anything was decided")
    return Exit.DONE


def _intake_lines(taken: IntakeResult) -> Iterator[str]:
    yield f"{taken.added:,} texts are new"
    yield f"{taken.withdrawn:,} texts were withdrawn, and {taken.acts_removed:,} acts about them are gone"
    if taken.fewer:
        yield f"of {taken.fewer:,} texts that several people wrote there are fewer: look at quotes of them again"
    if taken.leave_gone:
        yield f"{taken.leave_gone:,} texts may not be quoted any more: a release that quotes one of them is not made"


def _agreement(path: Sequence[str], one: CodeAgreement) -> dict[str, object]:
    told = {"code": "/".join(path), "texts": one.texts, "having": one.having, "agreement": one.agreement}
    kappas = {"/".join(pair): kappa for pair, kappa in one.kappas.items()}
    return {**told, "alpha": one.alpha, "kappas": kappas, "meaning": str(one.meaning)}


def _by_state(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(state): count for state, count in counts.items()}


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
