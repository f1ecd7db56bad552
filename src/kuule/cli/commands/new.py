"""`kuule new FOLDER`: a study folder to begin with, by six questions or by options."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kuule.cli.console import PROMPT, Exit, print_problems, print_result, say, stop_on_signals
from kuule.core.problems import KuuleError, Problem

if TYPE_CHECKING:
    from kuule.usecases.authoring.new_study import BegunStudy
    from kuule.usecases.authoring.new_study_answers import NewStudyAnswers

Meant = TypeVar("Meant")
Said = TypeVar("Said")
_LETTERS, _DIGITS = "abcdefghkmnpqrstuvwxyz", "23456789"
"""Without those that look alike on paper."""


def begin_study_folder(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    folder: Annotated[Path, typer.Argument(help="The folder to create. The study's id is made of its name.")],
    organisation: Annotated[str, typer.Option(help="Who runs the study.")] = "",
    audience: Annotated[str, typer.Option("--for", help="Who is asked: survivors, offenders or public.")] = "",
    template: Annotated[str, typer.Option(help="empty, for gates and one question; that of --for by default.")] = "",
    language: Annotated[
        list[str] | None, typer.Option(help="A language beside English, like sv; repeat it for more.")
    ] = None,
    key_split: Annotated[str, typer.Option(help='How the key is split, like 2of3; "whole" for one file.')] = "",
    partner: Annotated[list[str] | None, typer.Option(help="A partner who spreads it; repeat it for more.")] = None,
    country: Annotated[
        list[str] | None, typer.Option(help="A country in which it is spread, like SE; repeat it for more.")
    ] = None,
    title: Annotated[str, typer.Option(help="What respondents and readers see; that of the template by default.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: the defaults for what is not given.")] = False,
) -> int:
    """Begin a study: a questionnaire, settings, a report and languages that can be checked and rehearsed at once."""
    from kuule.usecases.authoring import new_study_answers as read  # with the next: slow; --help loads all commands
    from kuule.usecases.authoring.new_study import begin_study, check_folder_is_free

    check_folder_is_free(folder)
    ask, usual = _Asking(yes), read.NewStudyAnswers()
    who = ask.answer(organisation, "who runs it (your organisation)", usual.organisation, read.read_organisation)
    asked = ask.answer(audience, "for whom (survivors, offenders or public)", str(usual.audience), read.read_audience)
    answers = read.NewStudyAnswers(
        organisation=who,
        audience=asked,
        template=ask.take(template, str(asked), lambda said: read.read_template(said, asked)),
        languages=ask.answers(language, "which languages beside English (like sv, ar)", read.read_languages),
        key_split=ask.answer(
            key_split, "how is the key split (2of3: two of three sheets open it)", usual.key_split, read.read_key_split
        ),
        partners=ask.answers(partner, "which partners spread it (names)", read.read_partners),
        countries=ask.answers(country, "in which countries, for the services that help (like SE)", read.read_countries),
        title=ask.take(title, "", read.read_title),
    )
    ask.raise_problems()
    with stop_on_signals():
        begun = begin_study(folder, answers, today=datetime.now(UTC).date(), new_code=draw_partner_code)
    print_result(str(folder), study=folder, files=list(begun.files), warnings=len(begun.warnings))
    _say_next(folder, begun, answers)
    return Exit.DONE


class _Asking:
    """Takes an answer from an option, from the person at the terminal, or by default. A person is asked again until
    the answer can be meant; what is wrong with options is said together."""

    def __init__(self, yes: bool) -> None:
        self._yes = yes
        self._problems: list[Problem] = []

    def raise_problems(self) -> None:
        """Raise NewStudyError with all that is wrong with the options."""
        if self._problems:
            raise _mendable()(*self._problems)

    def take(self, said: Said, default: Said, read: Callable[[Said], Meant]) -> Meant:
        """An answer that nobody is asked for."""
        try:
            return read(said)
        except _mendable() as error:
            self._problems += error.problems
            return read(default)

    def answer(self, given: str, question: str, default: str, read: Callable[[str], Meant]) -> Meant:
        """One answer in words."""
        if given or self._yes:
            return self.take(given or default, default, read)
        self._check_can_ask(question)
        while True:
            try:
                return read(PROMPT.ask(f"{question} [{default}]:") or default)
            except _mendable() as error:
                print_problems(error.problems)

    def answers(
        self, given: list[str] | None, question: str, read: Callable[[tuple[str, ...]], tuple[str, ...]]
    ) -> tuple[str, ...]:
        """Any number of answers, with commas between."""
        from kuule.usecases.authoring.new_study_answers import comma_parts  # slow, as above

        if given is not None or self._yes:
            return self.take(tuple(given or ()), (), read)
        self._check_can_ask(question)
        while True:
            try:
                return read(comma_parts(PROMPT.ask(f"{question}, with commas between [none]:")))
            except _mendable() as error:
                print_problems(error.problems)

    def _check_can_ask(self, question: str) -> None:
        if not PROMPT.can_ask():
            cause = f"nobody can be asked here: {question}"
            remedy = "give it as an option, or --yes for the defaults"
            raise _mendable()(*self._problems, Problem("NEW_010", "the terminal", cause, remedy))


def _mendable() -> type[KuuleError]:
    from kuule.usecases.authoring.new_study_answers import NewStudyError  # slow, as above

    return NewStudyError


def draw_partner_code(taken: frozenset[str]) -> str:
    """A code for a link that means nothing: three signs, the middle one a digit."""
    while True:
        code = secrets.choice(_LETTERS) + secrets.choice(_DIGITS) + secrets.choice(_LETTERS)
        if code not in taken:
            return code


def _say_next(folder: Path, begun: BegunStudy, answers: NewStudyAnswers) -> None:
    say(f"a study for {answers.audience}, in {len(begun.files)} files; kuule check finds no error in it")
    name = quote(str(folder))
    say("see it in a browser while you change form.xlsx and study.toml:")
    say(f"  kuule preview {name}")
    say("try it, with people who do not exist:")
    say(f"  kuule demo --study {name} --responses 200 --once")
    say(f"what is wrong with it: kuule check {name}")
    say(f"nobody may be asked yet: {folder / 'README.md'} says what is still to be done")
    if begun.without_words:
        say(f"  Kuule's own buttons and notes have no words yet in: {', '.join(begun.without_words)}")
