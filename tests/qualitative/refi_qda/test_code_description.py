"""Definition, example and "when not" come back out of one description, whatever they say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.qualitative.refi_qda.code_description import CodeWording, code_description, code_wording
from tests.sampling import examples

parts = st.lists(
    st.sampled_from(["a", "\n", "\n\n", "\\", "Example: ", "Not when: ", " ", "Example:", "ليلى"]), max_size=8
).map("".join)


@given(parts, parts, parts)
@settings(max_examples=examples(300))
def test_the_three_come_back(definition: str, example: str, when_not: str) -> None:
    wording = CodeWording(definition, example, when_not)
    assert code_wording(code_description(wording)) == wording


def test_a_description_reads_like_a_codebook() -> None:
    wording = CodeWording("Somebody was told.", "I told my teacher.", "Nobody answered.")
    assert (
        code_description(wording) == "Somebody was told.\n\nExample: I told my teacher.\n\nNot when: Nobody answered."
    )
    assert code_description(CodeWording(example="I said it.")) == "Example: I said it."
    assert code_description(CodeWording()) == ""


def test_a_description_of_another_program_is_a_definition() -> None:
    assert code_wording("Use for help.\nNot for school.") == CodeWording("Use for help.\nNot for school.")
