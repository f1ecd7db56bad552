"""`kuule answers quotes …`: one proposes a quote, another checks and releases it, and a release takes it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.commands.project_opening import LOOKING_ON, PassphraseOption, ProjectArgument, RoleOption, open_session
from kuule.cli.console import Exit, ask, print_result, print_table, say
from kuule.cli.excerpt_lines import visible_letter
from kuule.cli.json_record import named_rows
from kuule.core.amounts import amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kuule.usecases.open_answers.quoting import QuoteLookedAt

app = typer.Typer(help="Quotes: propose, check, release, withdraw, hand to a release.", no_args_is_help=True)
_Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The number that a report writes.", min=1)]
_Release = Annotated[
    Path, typer.Option("--release", metavar="RELEASE", help="The release whose tables it is published with.")
]


@app.command("list")
def list_all(
    project: ProjectArgument,
    release: Annotated[Path | None, typer.Option(metavar="RELEASE", help="Compare with its tables.")] = None,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Print all quotes: number, what became of it, group, translations, leave, text, id. No words of an answer."""
    from kuule.usecases.open_answers.quoting import list_quotes  # slow: Polars, with the session

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        found = list_quotes(session, release)
        leave = {one.proposal.text: session.leave(one.proposal.text) for one in found if one.proposal}
    rows = [
        (
            str(one.number),
            one.state.value,
            one.proposal.group if one.proposal else "",
            " ".join(f"{each.language}{'' if each.reviewed else '?'}" for each in one.translations),
            f"leave {leave[one.proposal.text]}" if one.proposal else "",
            one.proposal.text if one.proposal else "",
            one.quote,
        )
        for one in found
    ]
    columns = ("number", "state", "group", "translations", "leave", "text", "quote")
    print_table(rows, quotes=named_rows(columns, rows))
    say(amount(len(rows), "quote"))
    return Exit.DONE


@app.command("propose")
def propose(
    project: ProjectArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Its id, or the beginning of it.")],
    role: RoleOption,
    words: Annotated[str, typer.Option(help="The words, as `kuule answers show --redacted` prints them.")] = "",
    group: Annotated[str, typer.Option(help="The one broad group that is named, as land=nordic.")] = "",
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Propose words of a text that two people redacted, all of it by default. Prints the number."""
    from kuule.qualitative.project_model.answer_text import QuoteLeave, TextSpan  # slow, as above
    from kuule.usecases.open_answers.quoting import propose_quote, span_of_words

    with open_session(project, role, passphrase_fd) as session:
        found = session.text(text)
        span = span_of_words(session, found.id, words) if words else TextSpan(0, len(found.words))
        number = propose_quote(session, found.id, span, group=group)
        print_result(str(number), number=number)
        if session.leave(found.id) is QuoteLeave.NOT_ASKED:
            say("NOBODY WAS ASKED whether this may be quoted, as far as the dataset knows: see what people were told")
    return Exit.DONE


@app.command("renumber")
def renumber(
    project: ProjectArgument,
    quote: Annotated[str, typer.Argument(metavar="QUOTE", help="Its id, the last column of the list.")],
    role: RoleOption,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Give a quote another number, where two copies gave one twice. Prints the number."""
    from kuule.usecases.open_answers.quoting import renumber_quote  # slow, as above

    with open_session(project, role, passphrase_fd) as session:
        number = renumber_quote(session, quote)
    print_result(str(number), number=number)
    return Exit.DONE


@app.command("translate")
def translate(
    project: ProjectArgument,
    number: _Number,
    role: RoleOption,
    into: Annotated[str, typer.Option(metavar="TAG", help="The language of the translation.")],
    machine: Annotated[bool, typer.Option("--machine", help="A machine made it.")] = False,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Ask for the quote in another language, in one line, and save it. A released quote is then checked again."""
    from kuule.qualitative.project_model.notes_and_translations import TranslationOrigin  # slow, as above
    from kuule.usecases.open_answers.quoting import translate_quote

    origin = TranslationOrigin.MACHINE if machine else TranslationOrigin.PERSON
    with open_session(project, role, passphrase_fd) as session:
        made = translate_quote(session, number, into, ask("the translation:"), origin=origin).id
    print_result(made, act=made)
    return Exit.DONE


@app.command("review")
def review(
    project: ProjectArgument,
    number: _Number,
    role: RoleOption,
    into: Annotated[str, typer.Option(metavar="TAG", help="The language of the translation.")],
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Say that a translation is right; not by its translator. A released quote is then checked again."""
    from kuule.usecases.open_answers.quoting import review_quote_translation  # slow, as above

    with open_session(project, role, passphrase_fd) as session:
        made = review_quote_translation(session, number, into).id
    print_result(made, act=made)
    return Exit.DONE


@app.command("check")
def check(project: ProjectArgument, number: _Number, release: _Release, passphrase_fd: PassphraseOption = None) -> int:
    """Print a quote as it would be published, and what is known to each question of the check. Saves nothing."""
    from kuule.usecases.open_answers.quoting import look_at_quote  # slow, as above

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        looked_at = look_at_quote(session, number, release)
    print_result(
        *_check_lines(looked_at),
        number=looked_at.number,
        words=looked_at.words,
        translations=dict(looked_at.translations),
        group=looked_at.group or "",
        facts={str(question): list(facts) for question, facts in looked_at.facts.items()},
    )
    return Exit.DONE


@app.command("release")
def release_one(
    project: ProjectArgument,
    number: _Number,
    role: RoleOption,
    release: _Release,
    answer: Annotated[
        list[str] | None, typer.Option(help="An answer, as rare=no; repeatable. What is missing is asked for.")
    ] = None,
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Show what is known, ask whether somebody could be recognised, and release the quote if not."""
    from kuule.qualitative.quotes.reidentification import QUESTION_WORDS, answers_to  # slow, as above
    from kuule.usecases.open_answers.quoting import look_at_quote, release_quote

    given = dict(_pair(one) for one in answer or ())
    with open_session(project, role, passphrase_fd) as session:
        looked_at = look_at_quote(session, number, release)
        for line in _check_lines(looked_at):
            say(line)
        for question in looked_at.facts:
            if question not in given:
                choices = " or ".join(answers_to(question))
                given[question] = ask(f"{QUESTION_WORDS[question]} ({choices})")
        release_quote(session, number, release, given)
    print_result(str(number), number=number)
    say("released: export it (`kuule answers quotes export`) for `kuule release new --quotes`")
    return Exit.DONE


@app.command("refuse")
def refuse(
    project: ProjectArgument,
    number: _Number,
    role: RoleOption,
    reason: Annotated[
        str, typer.Option(help="no-leave, few, published, rare, sister, not-said, redaction, not-wanted.")
    ],
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Refuse a quote, with one of eight reasons."""
    from kuule.qualitative.quotes.ruling import RefusalReason  # slow, as above
    from kuule.usecases.open_answers.quoting import refuse_quote

    if reason not in list(RefusalReason):
        raise typer.BadParameter(f"give one of {', '.join(RefusalReason)}", param_hint="--reason")
    with open_session(project, role, passphrase_fd) as session:
        made = refuse_quote(session, number, RefusalReason(reason)).id
    print_result(made, act=made)
    return Exit.DONE


@app.command("withdraw")
def withdraw(
    project: ProjectArgument, number: _Number, role: RoleOption, passphrase_fd: PassphraseOption = None
) -> int:
    """Take a released quote back. Releases that were made keep it; the next one that quotes it is not made."""
    from kuule.usecases.open_answers.quoting import withdraw_quote  # slow, as above

    with open_session(project, role, passphrase_fd) as session:
        made = withdraw_quote(session, number).id
    print_result(made, act=made)
    say("export the quotes again, and make the release again if it has this one")
    return Exit.DONE


@app.command("export")
def export(
    project: ProjectArgument,
    release: _Release,
    to: Annotated[Path, typer.Option(help="The file to write; nothing may be there.")],
    passphrase_fd: PassphraseOption = None,
) -> int:
    """Write the quotes that are released beside the tables of a release, for `kuule release new --quotes`."""
    from kuule.usecases.open_answers.quoting import export_quotes  # slow, as above

    with open_session(project, LOOKING_ON, passphrase_fd) as session:
        quotes = export_quotes(session, release, to)
    print_result(str(to), files=[to], quotes=len(quotes.quotes), absent=len(quotes.absent))
    absent = amount(len(quotes.absent), "number")
    say(f"{amount(len(quotes.quotes), 'quote')}; {absent} cannot be quoted now")
    return Exit.DONE


def _check_lines(looked_at: QuoteLookedAt) -> Iterator[str]:
    from kuule.qualitative.quotes.reidentification import QUESTION_WORDS  # slow, as above

    yield f"{looked_at.number}: {_visible(looked_at.words)}"
    for language, words in looked_at.translations:
        yield f"{language}: {_visible(words)}"
    yield f"group: {looked_at.group or 'none'}"
    for question, facts in looked_at.facts.items():
        yield f"{question}: {QUESTION_WORDS[question]}"
        yield from (f"  - {_visible(fact)}" for fact in facts)


def _visible(words: str) -> str:
    return "".join(map(visible_letter, words))


def _pair(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals:
        raise typer.BadParameter("write it as rare=no", param_hint="--answer")
    return name, value
