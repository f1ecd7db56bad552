"""What `kuule new` asks at a terminal: one question after the other, a way back, and a summary that can be changed.

An answer that was given as an option is not asked for; the summary has it too. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kuule.cli.console import PROMPT, print_problems, say
from kuule.core.problems import KuuleError, Problem

TypedAnswer = str | tuple[str, ...]
_BACK = frozenset({"<", "back"})
_NONE = frozenset({"none", "-"})
_WRITE = frozenset({"", "y", "yes", "ok", "write"})
_LEAVE = frozenset({"n", "no", "q", "quit", "stop"})


class AnswersNotWanted(Exception):
    """The person does not want anything written."""


@dataclass(frozen=True, slots=True)
class StudyQuestion:
    """One thing to ask. `read` makes of what was said what a study needs, and raises KuuleError where it cannot;
    `usual` is taken for an empty answer, and may depend on what was answered before. With `several`, there are any
    number of answers, with commas between."""

    name: str
    short: str
    words: str
    read: Callable[[TypedAnswer], object]
    usual: Callable[[Mapping[str, object]], str]
    several: bool = False


class QuestionList:
    """Asks the questions that no option answers. `given` are the answers of options, as they were typed."""

    def __init__(
        self, questions: Sequence[StudyQuestion], given: Mapping[str, TypedAnswer], refusal: type[KuuleError]
    ) -> None:
        self._questions = questions
        self._refusal = refusal
        self._said: dict[str, TypedAnswer] = dict(given)
        self._meant: dict[str, object] = {}

    def take_given(self) -> tuple[Problem, ...]:
        """Take the answers of options; what is wrong with them."""
        problems: list[Problem] = []
        for question in self._questions:
            if question.name in self._said:
                try:
                    self._meant[question.name] = question.read(self._said[question.name])
                except KuuleError as error:
                    problems += error.problems
        return tuple(problems)

    def take_usual(self) -> None:
        """Take what is usual for whatever is not given."""
        for question in self._questions:
            if question.name not in self._meant:
                usual = question.usual(self._meant)
                self._meant[question.name] = question.read(() if question.several else usual)

    def ask(self, so_far: Iterable[Problem] = ()) -> None:
        """Ask what is not given, then show all of it until the person is content. Raises AnswersNotWanted, and the
        refusal if nobody can be asked, with the problems that there are `so_far`."""
        open_now = [one for one in self._questions if one.name not in self._said]
        if not open_now:
            return
        if not PROMPT.can_ask():
            cause = f"nobody can be asked here: {open_now[0].words}"
            remedy = "give it as an option, or --yes for the defaults"
            raise self._refusal(*so_far, Problem("NEW_010", "the terminal", cause, remedy))
        say("Enter takes what stands in brackets; < goes back one question")
        at = 0
        while at < len(open_now):
            at = at + 1 if self._answered(open_now[at]) else self._one_before(at)
        self._settle()

    def answers_meant(self) -> Mapping[str, object]:
        """What each answer means, by the question's name."""
        return self._meant

    def _one_before(self, at: int) -> int:
        if at == 0:
            say("this is the first question")
        return max(at - 1, 0)

    def _answered(self, question: StudyQuestion) -> bool:
        """Ask until the answer can be meant; whether there is one, and not the wish to go back."""
        kept = question.name in self._meant
        while True:
            words = f"{question.words}{', with commas between' * question.several}"
            now = f", now {self._shown(question)}; Enter keeps it:" if kept else f" [{question.usual(self._meant)}]:"
            said = PROMPT.ask(f"{words}{now}")
            if said.casefold() in _BACK:
                return False
            if not said and kept:
                return True
            try:
                self._meant[question.name] = question.read(self._parts(question, said))
            except KuuleError as error:
                print_problems(error.problems)
            else:
                return True

    def _parts(self, question: StudyQuestion, said: str) -> TypedAnswer:
        from kuule.usecases.authoring.new_study_answers import comma_parts  # slow; --help loads all commands

        if question.several:
            return () if said.casefold() in _NONE else comma_parts(said)
        return said or question.usual(self._meant)

    def _settle(self) -> None:
        numbers = {str(number): one for number, one in enumerate(self._questions, 1)}
        while True:
            say("")
            for number, one in numbers.items():
                say(f"  {number}  {one.short}: {self._shown(one)}")
            said = PROMPT.ask(
                f"write it? Enter writes it, 1 to {len(numbers)} changes an answer, no leaves it [write]:"
            )
            word = said.casefold()
            if word in _WRITE:
                return
            if word in _LEAVE:
                raise AnswersNotWanted
            chosen = self._questions[-1] if word in _BACK else numbers.get(word)
            if chosen is None:
                say(f"{said!r} is no answer here")
            else:
                self._answered(chosen)

    def _shown(self, question: StudyQuestion) -> str:
        meant = self._meant.get(question.name, "")
        if isinstance(meant, tuple):
            return ", ".join(map(str, meant)) or "none"
        return str(meant) or question.usual(self._meant)
