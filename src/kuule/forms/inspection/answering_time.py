"""About how many minutes a form takes, by the way that a person chooses through it: measured from its own texts.

Reading: the words of what is asked (labels, hints and the choices on the page) at 200 a minute. Adults read English
non-fiction at 238 words a minute on average, most of them at 175 to 300, and slower with age or in a second language
(Brysbaert 2019, Journal of Memory and Language 109, 104047, doi 10.1016/j.jml.2019.104047). Answering: five seconds for
each question, which with its words comes to about the ten that an ordinary question takes in web surveys (Pew Research
Center 2022, "How we keep our online surveys from running too long"), and a minute for words of one's own. Five seconds
for each page to come and be looked over, and what is read before the first and after the last, are our own assumptions.
What a pretest with people measures is better than this.

The answers are those that bring up the most: each question is tried with each of its choices, in the order of the form,
and keeps the one after which most is asked; and minutes are rounded up. So few people are told less than it takes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kuule.forms.compile.form import Form
from kuule.forms.compile.items import Item
from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.response import Response
from kuule.forms.types.type_registry import question_type

WORDS_A_MINUTE = 200
SECONDS_AN_ANSWER = 5
SECONDS_FOR_WORDS = 60
SECONDS_A_PAGE = 5
SECONDS_AROUND = 90
"""For the pages around the form: about 300 words on the first page, at the end and in the thanks."""
STEP = 5
"""In minutes: the time that people are told is a multiple of this."""
LONG_LIST = 12
"""Of a longer list nobody reads all choices: it is a drop-down list, in which one's own is looked up."""
_LISTED = frozenset({"minimal", "autocomplete", "search"})
_TYPED = "1"
"""An answer that a text and a number both take."""
_DAY = date(2026, 1, 1)


def minutes_by_choice(form: Form, *, ways: Sequence[str], given: Mapping[str, str]) -> tuple[int, ...]:
    """The minutes that the form takes, in steps of five, shortest first: one figure for each choice of the first of
    `ways` that everyone is asked, equal ones once, and one figure where there is no such question.

    `ways` names the questions that only choose the way through the form, `given` the answers without which a visit does
    not go on (consent, age), by name.
    """
    asked = _Answers(form, given)
    way = next((item for item in asked.items if item.name in ways and item.choices and asked.is_asked(item)), None)
    values: Sequence[str] = ("",) if way is None else tuple(choice.value for choice in way.choices)
    found = {
        rounded_minutes(_Answers(form, {**given, way.name: value} if way else given).fullest_seconds())
        for value in values
    }
    return tuple(sorted(found))


def rounded_minutes(seconds: float) -> int:
    """Minutes in steps of five, rounded up."""
    return STEP * math.ceil(seconds / 60 / STEP)


class _Answers:
    """One response that is answered so that as much as possible is asked."""

    def __init__(self, form: Form, given: Mapping[str, str]) -> None:
        self.items = tuple(item for item in form.items if not item.calculated)
        self._given = given
        self._readers = form.computation_order.readers
        self._response = Response.begin(form, seed=1, today=_DAY)
        self._seconds = {item.path: _seconds(form, item) for item in self.items}
        for item in self.items:
            if item.name in given:
                for node in self._asked(item):
                    self._set(node, given[item.name])

    def is_asked(self, item: Item) -> bool:
        return any(True for _ in self._asked(item))

    def fullest_seconds(self) -> float:
        """What it takes to read and answer all that is then asked, in seconds."""
        for item in self.items:
            if item.control is not None and item.name not in self._given and self._readers.get(item.path):
                for node in tuple(self._asked(item)):
                    self._fill(item, node)
        pages = {item.page_key for item in self.items if self.is_asked(item)}
        return self._total() + len(pages) * SECONDS_A_PAGE + SECONDS_AROUND

    def _fill(self, item: Item, node: FormNode) -> None:
        best, most = node.text, self._total()
        for answer in _answers(item):
            self._set(node, answer)
            if (now := self._total()) > most:
                best, most = answer, now
        self._set(node, best)

    def _set(self, node: FormNode, answer: str) -> None:
        self._response.set_value(node, answer)
        self._response.recalculate()

    def _asked(self, item: Item) -> Iterator[FormNode]:
        return (node for node in self._response.nodes(item.path) if node.relevant)

    def _total(self) -> float:
        return sum(self._seconds[item.path] for item in self.items for _ in self._asked(item))


def _answers(item: Item) -> Sequence[str]:
    values = tuple(choice.value for choice in item.choices)
    if item.multiple:
        return (" ".join(values), *values)
    return values or (_TYPED,)


def _seconds(form: Form, item: Item) -> float:
    words = sum(len(form.text(item.text_keys.get(kind, "")).split()) for kind in ("label", "hint"))
    if not _is_list(item):
        words += sum(len(choice.label.split()) for choice in item.choices)
    return words * 60 / WORDS_A_MINUTE + _seconds_to_answer(item)


def _seconds_to_answer(item: Item) -> int:
    if item.control is None:
        return 0
    return SECONDS_FOR_WORDS if question_type(item.control).is_text else SECONDS_AN_ANSWER


def _is_list(item: Item) -> bool:
    return not item.multiple and (len(item.choices) > LONG_LIST or bool(item.appearance & _LISTED))
