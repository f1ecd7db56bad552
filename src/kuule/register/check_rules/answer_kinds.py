"""A coded answer, and a test of one, are of the kind that their provision asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.core.problems import Problem
from kuule.register.check_rules.checked_register import CheckedRegister

ANSWER_CODE = "REGISTER_007"
TEST_CODE = "REGISTER_008"
_TESTS: Mapping[str, tuple[str, ...]] = {
    "time-limit": (
        "no_limit",
        "ends_at_age_at_least",
        "years_after_majority_at_least",
        "not_shorter_in_circle_of_trust",
    ),
    "age": ("age_at_least",),
    "choice": ("choice_is",),
    "date": ("done",),
    "text": (),
}
"""By kind of provision: the tests that read such an answer."""


def check_answers(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each coded answer of another kind than its provision's."""
    provisions = checked.register.provisions
    parts = [
        *((read, ("values", number), read.provision, value.answer) for read, number, value in checked.values()),
        *(
            (file, ("codings", number), coding.provision, coding.answer)
            for file in checked.register.codings
            for number, coding in enumerate(file.codings)
        ),
    ]
    for part, path, asked, answer in parts:
        provision = provisions.get(asked)
        if answer is not None and provision is not None and answer.kind != provision.kind:
            cause = f"{asked} asks for the kind {provision.kind}, and this answer is of the kind {answer.kind}"
            remedy = f"write kind: {provision.kind} and what belongs to it, or take the answer away until it is coded"
            yield checked.error_problem(ANSWER_CODE, part, (*path, "answer", "kind"), cause, remedy)


def check_tests(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each test of a standard that reads answers of another kind."""
    for provision in checked.register.provisions.values():
        for number, held in enumerate(provision.standards):
            if held.test is None:
                continue
            (name,) = held.test.model_fields_set
            if name not in _TESTS[provision.kind]:
                fitting = " or ".join(_TESTS[provision.kind])
                remedy = f"use {fitting}" if fitting else "take the test away: a person compares texts"
                cause = f"the test {name} reads no answers of the kind {provision.kind}"
                yield checked.error_problem(
                    TEST_CODE, provision, ("standards", number, "test", name), cause, remedy, on_key=True
                )
