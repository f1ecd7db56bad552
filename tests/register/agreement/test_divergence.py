"""How far blind coders differ, in which round, and what is settled by it."""

from typing import Any

import pytest

from kuule.register.agreement.divergence import DoubleCoding, divergences, double_codings
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
    register = made_register(codings=(file("a", coding("FI", NO_LIMIT)), file("b", coding("FI", NO_LIMIT))))
    (found,) = divergences(register).values()
    assert (found.units, found.differing, found.share, found.coders) == (1, 0, 0.0, ("a", "b"))
    assert double_codings(register) == {"limitation": DoubleCoding.SETTLED}


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
    assert (found.units, found.by_variable) == (3, {"unit": 3})


def test_a_country_that_one_coder_alone_coded_is_not_double_coded():
    codings = (file("a", coding("FI", NO_LIMIT)), file("b", coding("SE", NO_LIMIT)))
    register = made_register(codings=codings)
    assert divergences(register) == {}
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
