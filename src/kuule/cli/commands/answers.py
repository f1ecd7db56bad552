"""`kuule answers …`: the texts of a project, listed, read, redacted and coded without the desk."""

from __future__ import annotations

from typing import Annotated

import typer

from kuule.cli.commands import answer_codes, answer_figures, quotes
from kuule.cli.commands.project_opening import LOOKING_ON, PassphraseOption, ProjectArgument, RoleOption, open_session
from kuule.cli.console import Exit, ask, print_result, print_table, say
from kuule.cli.excerpt_lines import visible_letter
from kuule.cli.json_record import named_rows
from kuule.core.amounts import amount

app = typer.Typer(help="The open answers of a project: list, read, redact, code.", no_args_is_help=True)
app.add_typer(quotes.app, name="quotes")
app.command("codebook")(answer_codes.show_codebook)
app.command("count")(answer_codes.count_answers)
app.command("define")(answer_codes.define_code)
app.command("dataset")(answer_figures.show_dataset)
app.command("themes")(answer_figures.show_themes)
app.command("compare")(answer_figures.compare_codings)
_TextArgument = Annotated[
    str, typer.Argument(metavar="TEXT", help="Its id, or the beginning of it (six characters at least).")
]
_CodeOption = Annotated[
    list[str] | None, typer.Option("--code", help="A code, as Help or Help/School, or on a span: Help:3-9; repeatable.")
]


@app.command("list")
def list_answers(  # noqa: PLR0913, PLR0917 -- what a list can be narrowed by, each an option
    project: ProjectArgument,
    search: Annotated[str, typer.Option(help="Only texts with all of these words, in any script.")] = "",
    item: Annotated[str, typer.Option(help="Only answers to this question.")] = "",
    language: Annotated[str, typer.Option(help="Only answers in this language.")] = "",
    redaction: Annotated[str, typer.Option(help="Only in this state of redaction.")] = "",
    coding: Annotated[str, typer.Option(help="Only in this state of coding.")] = "",
    leave: Annotated[str, typer.Option(help="Only with this leave to quote: given, not-given or not-asked.")] = "",
    waiting: Annotated[str, typer.Option(help="Only what waits for --as: redact, code or decide.")] = "",
    role: Annotated[str, typer.Option("--as", metavar="ROLE", help="For whom it waits.")] = LOOKING_ON,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Print which texts there are: id, question, language, how far they are, leave to quote, length. No words of an
    answer."""
    from kuule.qualitative.coding.text_codings import CodingState  # slow: Polars, with the session
    from kuule.qualitative.project_model.answer_text import QuoteLeave
    from kuule.qualitative.redaction_log.passes import RedactionState
    from kuule.usecases.open_answers.project_overview import TextFilter, list_texts
    from kuule.usecases.open_answers.waiting_texts import TextTask, waits_for

    task = TextTask(_one_of(waiting, list(TextTask), "--waiting")) if waiting else None
    wanted = TextFilter(
        search,
        item,
        language,
        RedactionState(_one_of(redaction, list(RedactionState), "--redaction")) if redaction else None,
        CodingState(_one_of(coding, list(CodingState), "--coding")) if coding else None,
        QuoteLeave(_one_of(leave, list(QuoteLeave), "--leave")) if leave else None,
    )
    with open_session(project, role, passphrase_fd) as session:
        rows = [
            (
                text.id,
                text.item,
                text.language,
                session.redaction_state(text.id),
                session.coding_outcome(text.id).state,
                f"leave {session.leave(text.id)}",
                str(len(text.words)),
            )
            for text in list_texts(session, wanted)
            if task is None or waits_for(session, text.id, task)
        ]
    columns = ("id", "item", "language", "redaction", "coding", "leave", "length")
    told = named_rows(columns, [(*row[:5], row[5].removeprefix("leave "), int(row[6])) for row in rows])
    print_table(rows, texts=told)
    say(amount(len(rows), "text"))
    return Exit.DONE


@app.command("show")
def show_answer(
    project: ProjectArgument,
    text: _TextArgument,
    redacted: Annotated[bool, typer.Option("--redacted", help="Without what passes that are done marked.")] = False,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Print what somebody wrote. It may be hard to read; nobody has to."""
    from kuule.usecases.open_answers.project_overview import without_identifiers  # slow, as above

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        words = without_identifiers(session, text).words if redacted else session.text(text).words
    print_result(*("".join(map(visible_letter, line)) for line in words.splitlines()), words=words)
    return Exit.DONE


@app.command("redact")
def redact_answer(
    project: ProjectArgument,
    text: _TextArgument,
    role: RoleOption,
    mark: Annotated[
        list[str] | None, typer.Option(help="A span and what it is, as 3-9:relative; repeatable. None: nothing is.")
    ] = None,
    done: Annotated[bool, typer.Option("--done", help="This reader's pass over the text is done.")] = False,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Save all that this reader marks in a text, in place of what they marked before."""
    from kuule.usecases.open_answers.given_codes import typed_marks  # slow, as above
    from kuule.usecases.open_answers.text_acts import save_redaction

    with open_session(project, role, passphrase_fd) as session:
        made = save_redaction(session, session.text(text).id, typed_marks(mark or ()), done=done).id
    print_result(made, act=made)
    return Exit.DONE


@app.command("code")
def code_answer(
    project: ProjectArgument,
    text: _TextArgument,
    role: RoleOption,
    code: _CodeOption = None,
    redacted: Annotated[bool, typer.Option("--redacted", help="Spans are counted in the redacted text.")] = False,
    done: Annotated[bool, typer.Option("--done", help="This coder is done with the text.")] = False,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Save all codes that this coder gives a text, in place of those before. Others see none until two are done."""
    from kuule.usecases.open_answers.given_codes import typed_segments  # slow, as above
    from kuule.usecases.open_answers.text_acts import save_coding, segments_in_original

    with open_session(project, role, passphrase_fd) as session:
        found = session.text(text)
        segments = typed_segments(code or (), session.tree, found)
        if redacted:
            segments = segments_in_original(session, found.id, segments)
        made = save_coding(session, found.id, segments, done=done).id
    print_result(made, act=made)
    return Exit.DONE


@app.command("decide")
def decide_coding(
    project: ProjectArgument,
    text: _TextArgument,
    role: RoleOption,
    code: _CodeOption = None,
    reason: Annotated[str, typer.Option(help="Why, in a sentence that quotes nobody.")] = "",
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Save which codes count where blind coders differ: by somebody else, or the same by two of them."""
    from kuule.usecases.open_answers.given_codes import typed_segments  # slow, as above
    from kuule.usecases.open_answers.text_acts import save_adjudication

    with open_session(project, role, passphrase_fd) as session:
        found = session.text(text)
        segments = typed_segments(code or (), session.tree, found)
        made = save_adjudication(session, found.id, segments, reason=reason).id
    print_result(made, act=made)
    return Exit.DONE


@app.command("codings")
def show_codings(
    project: ProjectArgument, text: _TextArgument, role: RoleOption, passphrase_fd: PassphraseOption = None
) -> int:
    """Print the codes of a text as far as this role may see them, what was decided, and the notes on it."""
    from kuule.usecases.open_answers.project_overview import coded_text  # slow, as above

    with open_session(project, role, passphrase_fd) as session:
        tree, found = session.tree, coded_text(session, text)
    said = [(one.role, one.segments, "" if one.done else "not done") for one in found.codings]
    said += [(one.role, one.segments, f"decision: {one.reason}") for one in found.decisions]
    rows = [
        (role, "/".join(tree.path(segment.code)), f"{segment.span.start}-{segment.span.end}", note)
        for role, segments, note in said
        for segment in segments
    ]
    codings = named_rows(("role", "code", "span", "note"), rows)
    memos = [memo.words for memo in found.memos]
    print_table([*rows, *(("memo", "", "", words) for words in memos)], state=found.state, codings=codings, memos=memos)
    say(f"{found.state}")
    return Exit.DONE


@app.command("translate")
def translate_answer(
    project: ProjectArgument,
    text: _TextArgument,
    role: RoleOption,
    into: Annotated[str, typer.Option(metavar="TAG", help="The language of the translation.")],
    machine: Annotated[bool, typer.Option("--machine", help="A machine made it, and nobody has read it.")] = False,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Ask for a translation of a text, in one line, and save it for readers of the team. It is searched as well."""
    from kuule.qualitative.project_model.notes_and_translations import TranslationOrigin  # slow, as above
    from kuule.usecases.open_answers.text_acts import save_translation

    origin = TranslationOrigin.MACHINE if machine else TranslationOrigin.PERSON
    with open_session(project, role, passphrase_fd) as session:
        made = save_translation(session, text, into, ask("the translation:"), origin=origin).id
    print_result(made, act=made)
    return Exit.DONE


@app.command("memo")
def write_memo(
    project: ProjectArgument,
    role: RoleOption,
    text: Annotated[str | None, typer.Option(help="The text that it is on; it goes with it.")] = None,
    code: Annotated[str | None, typer.Option(help="The code that it is on.")] = None,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Ask for a note, one line, and save it: on a text, on a code, or on the whole project."""
    from kuule.usecases.open_answers.given_codes import named_code  # slow, as above
    from kuule.usecases.open_answers.text_acts import save_memo

    with open_session(project, role, passphrase_fd) as session:
        on = named_code(session.tree, code) if code is not None else None
        made = save_memo(session, ask("the note:"), text=text, code=on).id
    print_result(made, act=made)
    return Exit.DONE


def _one_of(given: str, known: list[str], option: str) -> str:
    if given not in known:
        raise typer.BadParameter(f"give one of {', '.join(known)}", param_hint=option)
    return given
