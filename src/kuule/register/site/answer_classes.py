"""What kind of answer a country has, as one sign for a tile of a map; the same sign stands in the table beside it.

A class is no grade: it says what form a rule has, and not how good it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from kuule.limitation.limit_rule import OffencePart
from kuule.register.comparison.cells import RegisterCell, RegisterCellState
from kuule.register.data_model.answers import AgeAnswer, Answer, ChoiceAnswer, DateAnswer, LimitForm, TimeLimit
from kuule.register.data_model.country_values import LegalValue
from kuule.register.data_model.limit_ends import several
from kuule.register.data_model.provisions import Provision
from kuule.register.site.page_texts import PageTexts

PATTERNS = 6
"""How many patterns tiles have: more kinds of answers than that share them, and differ by their signs."""
_UNPATTERNED = ("contradicted", "several", "not_coded", "open")
"""What is no answer, in the order in which tables end with it."""
_LIMITS = ("none", "gravest", "age", "years", "court", "some")
"""The forms of time limits that a map tells apart; `some` is no limit for a part of the offences."""


@dataclass(frozen=True, slots=True)
class AnswerClass:
    """`look` is the name of the tile's pattern, `sign` what stands in the tile, `label` what it means. `rank` orders
    tables."""

    look: str
    sign: str
    label: Markup
    rank: tuple[int, float]


def answer_class(texts: PageTexts, cell: RegisterCell) -> AnswerClass:
    """The class of a cell. Sources that contradict each other have no class but that."""
    if cell.state is RegisterCellState.OPEN:
        return _no_answer(texts, "open")
    if cell.state is RegisterCellState.CONTRADICTED:
        return _no_answer(texts, "contradicted")
    coded = [value for value in cell.standing if value.answer is not None]
    if not coded:
        return _no_answer(texts, "not_coded")
    if isinstance(coded[0].answer, TimeLimit):
        return _limit_class(texts, coded)
    signs = {_other_class(texts, cell.provision, value.answer) for value in coded if value.answer is not None}
    return signs.pop() if len(signs) == 1 else _no_answer(texts, "several")


def _no_answer(texts: PageTexts, name: str) -> AnswerClass:
    sign = texts.say_plain(f"sign_{name}")
    return AnswerClass(f"k-{name.replace('_', '-')}", sign, texts.say(f"class_{name}"), (1, _UNPATTERNED.index(name)))


def _limit_class(texts: PageTexts, coded: list[LegalValue]) -> AnswerClass:
    found = {_limit_name(value) for value in coded}
    if "gravest" in found or "some" in found:
        name = "gravest" if "gravest" in found else "some"
    elif len(found) == 1:
        name = found.pop()
    else:
        return _no_answer(texts, "several")
    number = _LIMITS.index(name)
    return AnswerClass(
        f"k-{number + 1}", texts.say_plain(f"sign_limit_{name}"), texts.say(f"class_limit_{name}"), (0, number)
    )


def _limit_name(value: LegalValue) -> str:
    limit = value.answer
    if not isinstance(limit, TimeLimit):
        raise TypeError(f"{value.id} is no time limit")
    if limit.form is LimitForm.NONE and value.offences is not OffencePart.ALL:
        return "gravest" if value.offences is OffencePart.GRAVEST else "some"
    return _NAMES.get(limit.form, "years")


_NAMES: Mapping[LimitForm, str] = {
    LimitForm.NONE: "none",
    LimitForm.NONE_FOR_GRAVEST: "gravest",
    LimitForm.UNTIL_AGE: "age",
    LimitForm.COURT_DECIDES: "court",
}


def _other_class(texts: PageTexts, provision: Provision, answer: Answer) -> AnswerClass:
    classify: Callable[[PageTexts, Provision, Answer], AnswerClass] = _OTHERS.get(type(answer), _text_class)
    return classify(texts, provision, answer)


def _age_class(texts: PageTexts, _provision: Provision, answer: Answer) -> AnswerClass:
    if not isinstance(answer, AgeAnswer):
        raise TypeError(f"{answer.kind} is no age")
    ages = several(answer.age)
    if len(ages) != 1:
        return _no_answer(texts, "several")
    age = texts.number(ages[0])
    return AnswerClass(f"k-{ages[0] % PATTERNS + 1}", age, texts.say("class_age", age=age), (0, -ages[0]))


def _choice_class(texts: PageTexts, provision: Provision, answer: Answer) -> AnswerClass:
    if not isinstance(answer, ChoiceAnswer):
        raise TypeError(f"{answer.kind} is no choice")
    ids = [one.id for one in provision.choices]
    if answer.choice not in ids:
        return _no_answer(texts, "not_coded")
    number = ids.index(answer.choice)
    label = escape(texts.text(f"choice:{provision.id}/{answer.choice}"))
    return AnswerClass(f"k-{number % PATTERNS + 1}", texts.number(number + 1), label, (0, number))


def _date_class(texts: PageTexts, _provision: Provision, answer: Answer) -> AnswerClass:
    if not isinstance(answer, DateAnswer):
        raise TypeError(f"{answer.kind} is no date")
    name = "done" if answer.done else "not_done"
    return AnswerClass(
        f"k-{1 + (not answer.done)}", texts.say_plain(f"sign_{name}"), texts.say(f"class_{name}"), (0, 0)
    )


def _text_class(texts: PageTexts, _provision: Provision, _answer: Answer) -> AnswerClass:
    return AnswerClass("k-1", texts.say_plain("sign_text"), texts.say("class_text"), (0, 0))


_OTHERS: Mapping[type, Callable[[PageTexts, Provision, Answer], AnswerClass]] = {
    AgeAnswer: _age_class,
    ChoiceAnswer: _choice_class,
    DateAnswer: _date_class,
}
