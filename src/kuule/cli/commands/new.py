"""`kuule new FOLDER`: a study folder to begin with, by questions or by options."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuule.cli.console import Exit, print_result, say, stop_on_signals
from kuule.cli.new_study_questions import AnswersNotWanted, QuestionList, StudyQuestion, TypedAnswer
from kuule.core.problems import Problem
from kuule.core.shell_paths import shell_path

if TYPE_CHECKING:
    from kuule.usecases.authoring.new_study import BegunStudy
    from kuule.usecases.authoring.new_study_answers import NewStudyAnswers

_WHOM = {"public": "the public"}
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
    given: dict[str, TypedAnswer | None] = {
        "organisation": organisation or None,
        "audience": audience or None,
        "title": title or None,
        "languages": None if language is None else tuple(language),
        "key_split": key_split or None,
        "partners": None if partner is None else tuple(partner),
        "countries": None if country is None else tuple(country),
    }
    answered: dict[str, TypedAnswer] = {name: said for name, said in given.items() if said is not None}
    asked = QuestionList(_questions(template), answered, read.NewStudyError)
    problems = [*asked.take_given(), *_template_problems(template, asked.answers_meant().get("audience"))]
    if problems:
        raise read.NewStudyError(*dict.fromkeys(problems))
    try:
        asked.take_usual() if yes else asked.ask()
    except (AnswersNotWanted, KeyboardInterrupt):
        say("nothing was written")
        return Exit.STOPPED
    meant: dict[str, Any] = dict(asked.answers_meant())
    answers = read.NewStudyAnswers(**meant, template=read.read_template(template, meant["audience"]))
    with stop_on_signals():
        begun = begin_study(folder, answers, today=datetime.now(UTC).date(), new_code=draw_partner_code)
    print_result(str(folder), study=folder, files=list(begun.files), warnings=len(begun.warnings))
    _say_next(folder, begun, answers)
    return Exit.DONE


def _template_problems(template: str, audience: Any) -> Sequence[Problem]:
    from kuule.usecases.authoring import new_study_answers as read  # slow, as above

    try:
        read.read_template(template, audience or read.NewStudyAnswers().audience)
    except read.NewStudyError as error:
        return error.problems
    return ()


_WORDING: Mapping[str, tuple[str, str]] = {
    "organisation": ("who runs it", "who runs it (your organisation)"),
    "audience": ("for whom", "for whom (survivors, offenders or public)"),
    "title": ("its title", "what is its title, as respondents and readers see it"),
    "languages": ("languages beside English", "which languages beside English (like sv, ar)"),
    "key_split": ("how the key is split", "how is the key split (2of3: two of three sheets open it)"),
    "partners": ("partners", "which partners spread it (names)"),
    "countries": ("countries", "in which countries, for the services that help (like SE)"),
}
"""By the name of a question: what it is called in the summary, and how it is asked."""


def _questions(template: str) -> tuple[StudyQuestion, ...]:
    from kuule.usecases.authoring import new_study_answers as read  # slow, as above
    from kuule.usecases.authoring.new_study import template_title

    usual = read.NewStudyAnswers()

    def read_audience(said: TypedAnswer) -> object:
        meant = read.read_audience(str(said))
        read.read_template(template, meant)
        return meant

    def usual_title(meant: Mapping[str, object]) -> str:
        return template_title(template or str(meant.get("audience", usual.audience)))

    def none(_: Mapping[str, object]) -> str:
        return "none"

    def asked(
        name: str, reader: Callable[[Any], object], usually: Callable[..., str], *, several: bool = False
    ) -> StudyQuestion:
        return StudyQuestion(name, *_WORDING[name], reader, usually, several=several)

    return (
        asked("organisation", lambda said: read.read_organisation(str(said)), lambda _: usual.organisation),
        asked("audience", read_audience, lambda _: str(usual.audience)),
        asked("title", lambda said: read.read_title(str(said)), usual_title),
        asked("languages", lambda said: read.read_languages(tuple(said)), none, several=True),
        asked("key_split", lambda said: read.read_key_split(str(said)), lambda _: usual.key_split),
        asked("partners", lambda said: read.read_partners(tuple(said)), none, several=True),
        asked("countries", lambda said: read.read_countries(tuple(said)), none, several=True),
    )


def draw_partner_code(taken: frozenset[str]) -> str:
    """A code for a link that means nothing: three signs, the middle one a digit."""
    while True:
        code = secrets.choice(_LETTERS) + secrets.choice(_DIGITS) + secrets.choice(_LETTERS)
        if code not in taken:
            return code


def _say_next(folder: Path, begun: BegunStudy, answers: NewStudyAnswers) -> None:
    whom = _WHOM.get(answers.audience, str(answers.audience))
    say(f"a study for {whom}, in {len(begun.files)} files; kuule check finds no error in it")
    name = shell_path(folder)
    say("see it in a browser while you change form.xlsx and study.toml:")
    say(f"  kuule preview {name}")
    say("try it, with people who do not exist:")
    say(f"  kuule demo --study {name} --responses 200 --once")
    say(f"what is wrong with it: kuule check {name}")
    say(f"nobody may be asked yet: {folder / 'README.md'} says what is still to be done")
    if begun.without_words:
        say(f"  Kuule's own buttons and notes have no words yet in: {', '.join(begun.without_words)}")
