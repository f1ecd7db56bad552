"""Nothing may be kept about the device, the moment or the visit, because each can lead to a person (decision 0000,
sections 3 and 8; decision 0045).

The week of sending is kept, inside the envelope. A day or an hour (`start`, `end`, `today`, anything made of `today()`
or `now()`) would be more exact than what people are promised, and `uuid()` or `random()` would single out one response.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.core.problems import Problem
from kuule.forms.compile.form import Form
from kuule.forms.inspection.volatile_values import CLOCK_FUNCTIONS, RANDOM_FUNCTIONS, VolatilityAnalysis
from kuule.study.folder.questionnaire import Questionnaire, QuestionnaireRow

CODE = "STUDY_303"

MAX_CLOCK_CONDITIONS = 3
"""The most conditions on the clock or on random numbers in one form. The record reveals for each whether it held, so
three make at most eight groups of people."""
_DEVICE = frozenset({"deviceid", "username", "simserial", "subscriberid", "barcode", "audit", "email", "phonenumber"})
_MOMENT = frozenset({"start", "end", "today"})
_WEEK = "take the row out; the week of sending is kept by itself"
_TAKE_OUT = (
    "take it out: the week of sending is kept by itself, an age can be asked in bands, "
    "and conditions may read the day or chance"
)
_FEWER = (
    f"leave {MAX_CLOCK_CONDITIONS} at most: many such conditions together would tell the day, or one answer from all"
)


def check(questionnaire: Questionnaire, form: Form | None, places: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each metadata type, for each value and instance count that depends on the clock or on random
    numbers, and for too many conditions on them. `places` maps a path to its row. If `form` is None, because it cannot
    be compiled, only types are checked."""
    for row in questionnaire.rows:
        cause = _cause(row)
        if cause:
            yield Problem(CODE, row.place, cause, _WEEK)
    if form is not None:
        yield from _of_form(VolatilityAnalysis(form), form, places)


def _cause(row: QuestionnaireRow) -> str:
    kind = row.type.removeprefix("uri:")
    if kind in _DEVICE:
        return f"{row.name or kind!r} keeps data of the device or of its owner ({kind})"
    if kind in _MOMENT:
        return f"{row.name or kind!r} keeps the time of the visit ({kind})"
    return ""


def _of_form(found: VolatilityAnalysis, form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    for made in found.values():
        name = made.path.rpartition("/")[2]
        what = f"the number of instances of {name!r}" if made.path in form.repeats else repr(name)
        yield Problem(CODE, places.get(made.path, made.path), f"{what} is made of {_source(made.functions)}", _TAKE_OUT)
    conditions = found.conditions()
    if sum(condition.evaluations for condition in conditions) > MAX_CLOCK_CONDITIONS:
        last = conditions[-1]
        cause = (
            f"more than {MAX_CLOCK_CONDITIONS} conditions read the clock or chance, this one {_source(last.functions)}"
        )
        yield Problem(CODE, places.get(last.path, last.path), cause, _FEWER)


def _source(of: frozenset[str]) -> str:
    words = {
        "the clock": of & CLOCK_FUNCTIONS,
        "chance": of & RANDOM_FUNCTIONS,
        "what is filled in before": of - CLOCK_FUNCTIONS - RANDOM_FUNCTIONS,
    }
    return " and ".join(f"{word} ({', '.join(sorted(names))})" for word, names in words.items() if names)
