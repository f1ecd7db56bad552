"""The sign of a country on a map: one for each kind of answer, and one of its own for each way not to have any."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.register.site.answer_classes import answer_class
from tests.register.site.built import english
from tests.register.small_register import small_register

VALUE = """\
- id: {id}
  says: It says so.
  status: in-force
  offences: {offences}
  answer: {{kind: time-limit, {answer}}}
  read_on: 2026-11-27
  source: {{kind: statute, address: "https://law.example/se", seen: section}}
  confidence: A
  coded_by: draft
  next_review: 2027-11-27
"""
SIGNS = {
    "0": [("all", "form: none")],
    "G": [("all", "form: none-for-gravest"), ("other", "form: fixed-years, years: [5]")],
    "A": [("all", "form: until-age, until_age: 40")],
    "Y": [("all", "form: fixed-years, years: [20]"), ("all", "form: suspended")],
    "C": [("all", "form: court-decides")],
    "P": [("images", "form: none")],
    "S": [("gravest", "form: until-age, until_age: 40"), ("other", "form: fixed-years, years: [5]")],
}


@pytest.mark.parametrize("sign", SIGNS)
def test_time_limit_has_the_sign_of_its_form(sign: str, tmp_path: Path) -> None:
    values = "".join(
        VALUE.format(id=f"v{at}", offences=offences, answer=answer) for at, (offences, answer) in enumerate(SIGNS[sign])
    )
    text = f"country: SE\nprovision: limitation\nvalues:\n{values}"
    site = english(small_register(tmp_path, {"countries/SE/limitation.yaml": text}).register)
    assert answer_class(site.texts, site.cells["SE", "limitation"]).sign == sign


def test_no_limit_for_the_gravest_is_never_shown_as_no_limit(tmp_path: Path) -> None:
    text = (
        f"country: SE\nprovision: limitation\nvalues:\n{VALUE.format(id='v1', offences='gravest', answer='form: none')}"
    )
    site = english(small_register(tmp_path, {"countries/SE/limitation.yaml": text}).register)
    found = answer_class(site.texts, site.cells["SE", "limitation"])
    assert (found.sign, found.label) == ("G", "No time limit, but only for the gravest offences")


def test_signs_of_the_small_register(tmp_path: Path) -> None:
    """Sources that contradict each other have no other sign, whatever they say."""
    site = english(small_register(tmp_path).register)
    signs = {key: answer_class(site.texts, cell).sign for key, cell in site.cells.items()}
    assert {key: sign for key, sign in signs.items() if sign != "–"} == {
        ("FI", "limitation"): "Y",
        ("FI", "virtual-material"): "T",
        ("SE", "limitation"): "D",
        ("SE", "ranking-2025"): "2",
        ("EE", "age-of-consent"): "16",
        ("EE", "duty-to-report"): "1",
        ("GB", "ratified"): "✓",
    }


def test_what_is_no_answer_comes_last(tmp_path: Path) -> None:
    site = english(small_register(tmp_path).register)
    cells = [site.cells[code, "limitation"] for code in ("EE", "FI", "SE")]
    ranked = sorted(cells, key=lambda one: answer_class(site.texts, one).rank)
    assert [one.country for one in ranked] == ["FI", "SE", "EE"]
