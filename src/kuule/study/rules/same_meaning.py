"""A name and a code mean in a new edition what they meant in the last: answers of both are counted together.

DESIGN.md, decision 2: no name reused for something else, no code changed. A question may go, and a new one may come.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.errors import Problem
from kuule.forms.form import Form
from kuule.forms.items import Item

CODE = "STUDY_316"


def check(form: Form, earlier: Form) -> Iterator[Problem]:
    """Items of the same name ask for the same kind of answer and have every code that they had."""
    now = {item.name: item for item in form.items if item.control is not None}
    for item in earlier.items:
        if item.control is not None and item.name in now:
            yield from _changed(item, now[item.name])


def _changed(before: Item, now: Item) -> Iterator[Problem]:
    place = f"form, question {now.name}"
    if before.control is not now.control:
        cause = f"{now.name!r} was {before.control} in the earlier edition, and is {now.control} now"
        yield Problem(CODE, place, cause, "give the new question a new name")
        return
    codes = {choice.value for choice in now.choices}
    gone = [choice.value for choice in before.choices if choice.value not in codes]
    if gone:
        cause = f"{now.name!r} had the answers {', '.join(gone[:5])}{', …' if len(gone) > 5 else ''}, and has not now"
        yield Problem(CODE, place, cause, "keep the codes (labels may change), or give the question a new name")
