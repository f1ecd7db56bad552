"""Alpha of each variable that coders of a provision decide."""

from __future__ import annotations

from typing import Any

import pytest

from kuule.register.agreement.coder_agreement import CoderAgreement, coder_agreements
from kuule.register.agreement.divergence import DoubleCoding
from kuule.register.data_model.codings import CodingFile
from kuule.reliability.krippendorff_alpha import Level, krippendorff_alpha
from tests.register.made_registers import made_limit, made_provision, made_register

COUNTRIES = ("FI", "SE", "EE", "LV")
CHOICES = [{"id": one, "label": one} for one in ("everyone", "some", "nobody")]


def agreement(kind: str, *coders: list[dict[str, Any] | None], **provision: Any) -> CoderAgreement:
    """The agreement of coders who each coded one answer a country."""
    files = [
        CodingFile.model_validate(
            {
                "round": "first",
                "coder": f"c{number}",
                "codings": [
                    {
                        "country": country,
                        "provision": "limitation",
                        "answer": answer,
                        "address": "https://example.org/act",
                        "coded_on": "2026-10-01",
                    }
                    for country, answer in zip(COUNTRIES, answers, strict=False)
                ],
            }
        )
        for number, answers in enumerate(coders)
    ]
    asked = made_provision(kind=kind, **provision)
    countries = list(COUNTRIES[: max(map(len, coders))])
    (found,) = coder_agreements(made_register(provisions=(asked,), codings=tuple(files), countries=countries))
    return found


def test_time_limits_have_an_alpha_for_form_clock_years_and_ages() -> None:
    one = [
        made_limit("fixed-years", clock="majority", years=["20", "10"]),
        made_limit("fixed-years", clock="offence", years=["15"]),
        made_limit("none"),
    ]
    other = [
        made_limit("fixed-years", clock="majority", years=["20", "5"]),
        made_limit("fixed-years", clock="majority", years=["10"]),
        made_limit("none"),
    ]
    found = agreement("time-limit", one, other)
    assert found.double_coding is DoubleCoding.DIVERGES
    assert (found.divergence.units, found.divergence.differing) == (3, 2) if found.divergence else False
    assert found.alphas == {
        "form": 1.0,
        "clock": pytest.approx(1 - 5 * 1 / 11),
        "years": pytest.approx(1 - 3 * 25 / 275),
        "until_age": None,
        "earliest_end_age": None,
    }


def test_choices_are_in_an_order() -> None:
    found = agreement(
        "choice",
        [{"kind": "choice", "choice": one} for one in ("everyone", "some", "nobody", "nobody")],
        [{"kind": "choice", "choice": one} for one in ("everyone", "everyone", "nobody", "nobody")],
        choices=CHOICES,
    )
    places = [[0, 0], [1, 0], [2, 2], [2, 2]]
    assert found.alphas == {"choice": krippendorff_alpha(places, Level.ORDINAL)}


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("age", [{"kind": "age", "age": "16"}, {"kind": "age", "age": ["14", "18"]}]),
        ("date", [{"kind": "date", "on": "2010"}, {"kind": "date", "done": "false"}]),
        ("time-limit", [made_limit("none"), None]),
    ],
)
def test_coders_who_agree_have_an_alpha_of_one(kind: str, answers: list[dict[str, Any] | None]) -> None:
    found = agreement(kind, answers, answers)
    assert (found.double_coding, set(found.alphas.values()) - {None}) == (DoubleCoding.SETTLED, {1.0})


def test_texts_have_no_alpha() -> None:
    assert agreement("text", [{"kind": "text", "summary": "a"}], [{"kind": "text", "summary": "b"}]).alphas == {}


def test_what_was_never_coded_by_two_has_no_alpha() -> None:
    found = agreement("time-limit", [made_limit("none")])
    assert (found.double_coding, found.divergence, found.alphas) == (DoubleCoding.NEVER, None, {})
