"""How far blind coders differ, in which round, and what is settled by it."""

from typing import Any

import pytest

from kuule.register.agreement.divergence import (
    LEAST_UNITS,
    DoubleCoding,
    coders_apart,
    divergences,
    double_codings,
)
from kuule.register.data_model.codings import CodingFile
from tests.register.made_registers import made_limit, made_provision, made_register


def coding(country: str, answer: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "country": country,
        "provision": "limitation",
        "answer": answer,
        "address": "https://example.org/act",
        "coded_on": "2026-10-01",
        **more,
    }


def file(coder: str, *codings: dict[str, Any], name: str = "first") -> CodingFile:
    return CodingFile.model_validate({"round": name, "coder": coder, "codings": codings})


NO_LIMIT = made_limit("none")
TWENTY = made_limit("fixed-years", clock="majority", years=["20"])


def test_coders_who_agree_settle_a_provision():
    both = (coding("FI", NO_LIMIT), coding("SE", NO_LIMIT))
    register = made_register(codings=(file("a", *both), file("b", *both)))
    (found,) = divergences(register).values()
    assert (found.units, found.differing, found.share, found.coders) == (2, 0, 0.0, ("a", "b"))
    assert double_codings(register) == {"limitation": DoubleCoding.SETTLED}


TWELVE = ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR")


@pytest.mark.parametrize(
    ("countries", "coded", "expected"),
    [
        (TWELVE, LEAST_UNITS, DoubleCoding.SETTLED),
        (TWELVE, LEAST_UNITS - 1, DoubleCoding.TOO_FEW),
        (TWELVE[:3], 3, DoubleCoding.SETTLED),
        (TWELVE[:3], 2, DoubleCoding.TOO_FEW),
    ],
)
def test_few_units_settle_nothing_unless_they_are_all_countries(countries, coded, expected):
    both = [coding(country, NO_LIMIT) for country in countries[:coded]]
    register = made_register(codings=(file("a", *both), file("b", *both)), countries=list(countries))
    assert double_codings(register) == {"limitation": expected}


def test_a_unit_of_three_coders_is_one_unit():
    both = [coding(country, NO_LIMIT) for country in TWELVE[:4]]
    register = made_register(codings=tuple(file(one, *both) for one in "abc"), countries=list(TWELVE))
    found = divergences(register)["limitation"]
    assert (found.units, found.coded_twice, len(found.countries)) == (12, 4, 4)
    assert double_codings(register) == {"limitation": DoubleCoding.TOO_FEW}


def test_few_units_on_which_coders_differ_too_often_diverge():
    register = made_register(codings=(file("a", coding("FI", NO_LIMIT)), file("b", coding("FI", TWENTY))))
    assert double_codings(register) == {"limitation": DoubleCoding.DIVERGES}


@pytest.mark.parametrize("clock", ["majority", "majority-or-recovery"])
@pytest.mark.parametrize(("age", "differing"), [("18", {}), (["18"], {}), ("16", {"clock_age": 1})])
def test_an_age_that_the_clock_implies_is_not_compared(clock, age, differing):
    one = TWENTY | {"clock": clock}
    register = made_register(codings=(file("a", coding("FI", one)), file("b", coding("FI", one | {"clock_age": age}))))
    assert divergences(register)["limitation"].by_variable == differing


def test_the_age_that_majority_implies_is_that_of_the_register():
    codings = (file("a", coding("FI", TWENTY)), file("b", coding("FI", TWENTY | {"clock_age": "16"})))
    register = made_register(codings=codings, age_of_majority="16")
    assert divergences(register)["limitation"].differing == 0


def test_the_age_of_another_clock_is_compared():
    one, other = (TWENTY | {"clock": "age", "clock_age": age} for age in ("18", "28"))
    register = made_register(codings=(file("a", coding("FI", one)), file("b", coding("FI", other))))
    assert divergences(register)["limitation"].by_variable == {"clock_age": 1}


def test_coders_who_differ_leave_it_unsettled_and_it_is_said_on_what():
    codings = (
        file("a", coding("FI", TWENTY), coding("SE", NO_LIMIT)),
        file("b", coding("FI", TWENTY | {"years": ["15"]}, status="unclear"), coding("SE", NO_LIMIT)),
    )
    register = made_register(codings=codings)
    (found,) = divergences(register).values()
    assert (found.share, found.by_variable) == (0.5, {"status": 1, "years": 1})
    assert double_codings(register) == {"limitation": DoubleCoding.DIVERGES}


def test_how_it_was_found_is_not_compared():
    one = coding("FI", NO_LIMIT, article="8", notes="a note")
    other = coding("FI", NO_LIMIT, article="8(1)", address="https://example.org/copy", coded_on="2026-10-02")
    (found,) = divergences(made_register(codings=(file("a", one), file("b", other)))).values()
    assert found.differing == 0


def test_an_answer_that_one_coder_could_not_give_differs():
    register = made_register(codings=(file("a", coding("FI", NO_LIMIT)), file("b", coding("FI"))))
    assert divergences(register)["limitation"].by_variable == {"answer": 1}


def test_a_unit_that_one_coder_alone_saw_differs():
    codings = (
        file("a", coding("FI", NO_LIMIT)),
        file("b", coding("FI", NO_LIMIT, offences="gravest"), coding("FI", TWENTY, offences="other")),
    )
    found = divergences(made_register(codings=codings))["limitation"]
    assert (found.units, found.coded_twice, found.by_variable) == (3, 0, {"unit": 3})


def test_a_country_that_one_coder_alone_coded_is_not_double_coded():
    codings = (file("a", coding("FI", NO_LIMIT)), file("b", coding("SE", NO_LIMIT)))
    register = made_register(codings=codings)
    assert divergences(register) == {}
    assert double_codings(register) == {"limitation": DoubleCoding.NO_SHARED_UNIT}
    assert coders_apart(register, "limitation") == ("first", ("a", "b"))


def test_coders_who_part_the_offences_otherwise_differ_and_share_no_unit():
    codings = (file("a", coding("FI", NO_LIMIT)), file("b", coding("FI", NO_LIMIT, offences="gravest")))
    register = made_register(codings=codings)
    assert double_codings(register) == {"limitation": DoubleCoding.DIVERGES}
    assert divergences(register)["limitation"].coded_twice == 0


def test_one_coder_alone_is_never():
    register = made_register(codings=(file("a", coding("FI", NO_LIMIT)),))
    assert coders_apart(register, "limitation") is None
    assert double_codings(register) == {"limitation": DoubleCoding.NEVER}


def test_three_coders_are_three_pairs():
    codings = (file("a", coding("FI", NO_LIMIT)), file("b", coding("FI", NO_LIMIT)), file("c", coding("FI", TWENTY)))
    found = divergences(made_register(codings=codings))["limitation"]
    assert (found.units, found.differing, found.by_variable) == (3, 2, {"form": 2, "clock": 2, "years": 2})


def test_the_last_round_counts():
    late = {"coded_on": "2026-11-01"}
    codings = (
        file("a", coding("FI", NO_LIMIT, **late), name="again"),
        file("b", coding("FI", NO_LIMIT, **late), name="again"),
        file("a", coding("FI", NO_LIMIT)),
        file("b", coding("FI", TWENTY)),
    )
    found = divergences(made_register(codings=codings))["limitation"]
    assert (found.round, found.share) == ("again", 0.0)


def test_a_round_settles_only_what_was_coded_in_it():
    register = made_register(
        provisions=(made_provision(), made_provision("civil")),
        codings=(file("a", coding("FI", NO_LIMIT)), file("b", coding("FI", NO_LIMIT))),
    )
    assert double_codings(register)["civil"] is DoubleCoding.NEVER


@pytest.mark.parametrize(("largest", "expected"), [("0.5", DoubleCoding.DIVERGES), ("0.51", DoubleCoding.SETTLED)])
def test_as_much_as_the_register_allows_is_too_much(largest, expected):
    codings = (
        file("a", coding("FI", NO_LIMIT), coding("SE", NO_LIMIT)),
        file("b", coding("FI", TWENTY), coding("SE", NO_LIMIT)),
    )
    register = made_register(codings=codings, largest_divergence=largest)
    assert double_codings(register)["limitation"] is expected
