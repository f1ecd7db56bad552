"""Sets of texts and their numbers: what is in both is in what they have in common, and empty means empty."""

from hypothesis import given
from hypothesis import strategies as st

from kuule.study.logic.domains import ANY_TEXT, Domain, none_of, one_of
from kuule.study.logic.intervals import comparison_solutions
from tests.study.logic.test_proofs_hold import SIGNS

TEXTS = ["", "a", "1", "1.0", "2.5", "-3", "2020-01-01"]
WHOLE = Domain(whole=True, blank_or_number=True)
DOMAINS = st.one_of(
    st.lists(st.sampled_from(TEXTS)).map(one_of),
    st.lists(st.sampled_from(TEXTS)).map(lambda texts: none_of(*texts)),
    st.builds(lambda sign, half: Domain(numbers=comparison_solutions(sign, half / 2)[0]), SIGNS, st.integers(-4, 6)),
    st.sampled_from([ANY_TEXT, WHOLE, Domain(blank_or_number=True)]),
)


@given(DOMAINS, DOMAINS, DOMAINS, st.sampled_from(TEXTS))
def test_text_in_each_is_in_what_they_have_in_common(one, two, three, text):
    met = one.intersection(two).intersection(three)
    assert (text in met) is (text in one and text in two and text in three)
    assert not (met.is_empty and text in met)


def test_whole_numbers_between_two_neighbours_are_none():
    between = Domain(numbers=comparison_solutions(">", 1)[0]).intersection(
        Domain(numbers=comparison_solutions("<", 2)[0])
    )
    assert (between.is_empty, between.intersection(WHOLE).is_empty) == (False, True)
