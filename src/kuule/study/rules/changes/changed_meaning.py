"""Names and codes must keep their meaning in a new edition, because the answers of both editions are counted together.

Decision 0000, section 2: no name is used for something else, and no code is changed. Questions may be removed and
added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.core.problems import Problem
from kuule.forms.compile.items import Item
from kuule.forms.model.text_keys import choice_text_key
from kuule.study.rules.changes.edition_comparison import EditionComparison

CODE = "STUDY_316"


def check(compared: EditionComparison) -> Iterator[Problem]:
    """Yield a problem for each question that asks for another kind of answer or lacks a code that it had, and for each
    name or code that has taken over the meaning of another."""
    for name, before in compared.items_before.items():
        now = compared.items_now.get(name)
        if before.control is not None and now is not None:
            yield from _changed(compared, before, now)
    yield from _names_that_took_over(compared)
    yield from _codes_that_took_over(compared)


def _changed(compared: EditionComparison, before: Item, now: Item) -> Iterator[Problem]:
    place = compared.place(now.name)
    if before.control is not now.control:
        cause = f"{now.name!r} was {before.control} in the earlier edition, and is {now.control or 'a note'} now"
        yield Problem(CODE, place, cause, "give the new question a new name")
        return
    codes = {choice.value for choice in now.choices}
    gone = [choice.value for choice in before.choices if choice.value not in codes]
    if gone:
        cause = f"{now.name!r} had the answers {', '.join(gone[:5])}{', …' if len(gone) > 5 else ''}, and has not now"
        yield Problem(CODE, place, cause, "keep the codes (labels may change), or give the question a new name")


def _names_that_took_over(compared: EditionComparison) -> Iterator[Problem]:
    labels = {name: compared.label(item) for name, item in compared.items_now.items() if item.control is not None}
    before = {
        name: compared.label_before(item) for name, item in compared.items_before.items() if item.control is not None
    }
    for name, other in _taken_over(before, labels):
        cause = f"{name!r} asks now what {other!r} asked in the earlier edition"
        yield Problem(CODE, compared.place(name), cause, "keep the name with the question")


def _codes_that_took_over(compared: EditionComparison) -> Iterator[Problem]:
    for list_name, choices in compared.earlier.form.choice_lists.items():
        listed = compared.form.choice_lists.get(list_name, ())
        before = {one.value: compared.texts_before.get(choice_text_key(list_name, one.value), "") for one in choices}
        now = {one.value: compared.texts.get(choice_text_key(list_name, one.value), "") for one in listed}
        rows = {choice.name: choice.place for choice in compared.questionnaire.choice_lists.get(list_name, ())}
        for code, other in _taken_over(before, now):
            cause = f"the code {code!r} of the list {list_name!r} says now what {other!r} said in the earlier edition"
            place = rows.get(code, f"{compared.questionnaire.file}, choices, list {list_name}")
            yield Problem(CODE, place, cause, "keep the code with the answer")


def _taken_over(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(name, other) for each name that existed before, has another text now, and has the text that `other` had."""
    name_by_text: dict[str, str] = {}
    for name, text in before.items():
        if text:
            name_by_text.setdefault(text, name)
    for name, text in now.items():
        if name in before and text and text != before[name] and name_by_text.get(text, name) != name:
            yield name, name_by_text[text]
