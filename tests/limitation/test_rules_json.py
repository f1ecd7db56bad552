from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.limitation.limit_rule import CountryRules, LimitRule, RuleBook
from kuule.limitation.rules_json import rule_book_from_json, rule_book_to_json
from tests.limitation.rules_for_tests import RULE, rules
from tests.sampling import examples

BOOK = RuleBook(
    "csa", "Register", "Publisher", "CC-BY-4.0", date(2026, 11, 27), countries={"FI": CountryRules("FI", (RULE,))}
)


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(rules, max_size=4), st.text(max_size=10))
def test_what_is_written_reads_back(known: list[LimitRule], dispute: str) -> None:
    book = replace(BOOK, countries={"FI": CountryRules("FI", tuple(known), dispute), "SE": CountryRules("SE", ())})

    assert rule_book_from_json(json.loads(json.dumps(rule_book_to_json(book)))) == book


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (["format"], 2),
        (["majority"], True),
        (["register"], []),
        (["register", "as_of"], "today"),
        (["register", "address"], "javascript:alert(1)"),
        (["countries", "fi"], {}),
        (["countries", "FI", "rules"], {}),
        (["countries", "FI", "rules", 0, "form"], "often"),
        (["countries", "FI", "rules", 0, "years"], [1000]),
        (["countries", "FI", "rules", 0, "years"], ["20"]),
        (["countries", "FI", "rules", 0, "years"], 20),
        (["countries", "FI", "rules", 0, "says"], None),
        (["countries", "FI", "rules", 0, "retroactive"], "yes"),
        (["countries", "FI", "rules", 0, "in_force_from"], "then"),
        (["countries", "FI", "rules", 0, "source", "address"], "data:text/html,x"),
    ],
    ids=str,
)
def test_what_is_no_rule_is_refused(where: list[str | int], value: object) -> None:
    table: Any = json.loads(json.dumps(rule_book_to_json(BOOK)))
    place = table
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value

    with pytest.raises((KeyError, TypeError, ValueError)):
        rule_book_from_json(table)
