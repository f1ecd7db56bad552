"""Every rule about a register: what keeps it, what breaks it, and where the problem is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from kuule.core.problems import Problem, Severity
from kuule.register.check_rules.register_check import check_register
from kuule.register.check_rules.register_dates import months_later
from kuule.register.data_model.codings import CodingFile
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.reading.register_folder import read_register
from kuule.register.reading.yaml_documents import RegisterError
from kuule.register.writing.part_files import write_part
from tests.register.made_registers import (
    TODAY,
    held_against,
    made_file,
    made_limit,
    made_provision,
    made_settings,
    made_source,
    made_standard,
    made_value,
)

HELD = made_provision(standards=[held_against()])
PLAIN: tuple[BaseModel, ...] = (
    made_settings(countries=["FI"]),
    HELD,
    made_standard(),
    made_file(made_value("v1", made_limit("none"))),
)
CHOICES = [{"id": "everyone", "label": "Everyone"}, {"id": "nobody", "label": "Nobody"}]
NEWS = "https://example.org/news"


def problems(folder: Path, *parts: BaseModel, today: date = TODAY) -> tuple[Problem, ...]:
    """What is found in a plain register in which these parts take the place of others, or come to them."""
    for part in (*PLAIN, *parts):
        write_part(folder, part)
    return check_register(read_register(folder), today)


def found(folder: Path, *parts: BaseModel) -> list[tuple[str, str, str]]:
    """Code, file with line, and cause of each problem."""
    return [(one.code, one.place.split(" values")[0], one.cause) for one in problems(folder, *parts)]


def codes(folder: Path, *parts: BaseModel) -> list[tuple[str, bool]]:
    """The code of each problem, and whether it is an error."""
    return [(one.code, one.severity is Severity.ERROR) for one in problems(folder, *parts)]


def file_of(*values: Any, **more: Any) -> BaseModel:
    return made_file(*values, **more)


def action(**more: Any) -> PlannedAction:
    parts: dict[str, Any] = {
        "id": "day",
        "title": "A day",
        "kind": "day",
        "status": "confirmed",
        "starts": "2026-11-18",
        "says": "What it is",
        "changed_on": "2026-11-01",
    }
    return PlannedAction.model_validate(parts | more)


def coding(**more: Any) -> CodingFile:
    parts: dict[str, Any] = {
        "country": "FI",
        "provision": "limitation",
        "address": "https://example.org/act",
        "coded_on": "2026-10-01",
    }
    return CodingFile.model_validate({"round": "first", "coder": "a", "codings": [parts | more]})


def test_a_register_that_keeps_every_rule_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, action(countries=["FI"], provisions=["limitation"]), coding()) == ()


UNKNOWN: Mapping[str, tuple[BaseModel, str]] = {
    "a country's file": (file_of(made_value(), country="SE"), "'SE' is no country of this register"),
    "a file's provision": (file_of(made_value(), provision="civil"), "'civil' is no provision of this register"),
    "a topic": (made_provision(topic="tim", standards=[held_against()]), "'tim' is no topic of this register"),
    "a standard": (
        made_provision(standards=[held_against(), held_against("lanzarot")]),
        "'lanzarot' is no standard of this register",
    ),
    "what the map shows": (
        made_settings(countries=["FI"], map_provision="limit"),
        "'limit' is no provision of this register",
    ),
    "a coding's country": (coding(country="SE"), "'SE' is no country of this register"),
    "a coding's provision": (coding(provision="civil"), "'civil' is no provision of this register"),
    "an action's country": (action(countries=["SE"]), "'SE' is no country of this register"),
    "an action's provision": (action(provisions=["civil"]), "'civil' is no provision of this register"),
    "an action's standard": (action(standards=["pace"]), "'pace' is no standard of this register"),
}


@pytest.mark.parametrize("what", sorted(UNKNOWN))
def test_a_name_that_is_not_known(tmp_path: Path, what: str) -> None:
    part, cause = UNKNOWN[what]
    assert [(code, said) for code, _, said in found(tmp_path, part)] == [("REGISTER_006", cause)]


def test_a_choice_that_is_not_listed_has_the_nearest_for_a_remedy(tmp_path: Path) -> None:
    duty = made_provision("duty", "choice", choices=CHOICES)
    value = made_value("v1", {"kind": "choice", "choice": "everyon"})
    (one,) = problems(tmp_path, duty, file_of(value, provision="duty"))
    assert str(one) == (
        "REGISTER_006 countries/FI/duty.yaml, line 9, values 1, answer, choice:"
        " 'everyon' is no choice of this register; did you mean 'everyone'?"
    )
    assert one.excerpt is not None
    assert (one.excerpt.text, one.excerpt.start, one.excerpt.end) == ("      choice: everyon", 14, 21)


def test_an_answer_of_another_kind_than_its_provision(tmp_path: Path) -> None:
    age = {"kind": "age", "age": "16"}
    assert found(tmp_path, file_of(made_value("v1", age)), coding(answer=age)) == [
        (
            "REGISTER_007",
            "codings/first/a.yaml, line 7, codings 1, answer, kind",
            "limitation asks for the kind time-limit, and this answer is of the kind age",
        ),
        (
            "REGISTER_007",
            "countries/FI/limitation.yaml, line 8,",
            "limitation asks for the kind time-limit, and this answer is of the kind age",
        ),
    ]


@pytest.mark.parametrize(
    ("kind", "test", "fits"),
    [
        ("time-limit", {"no_limit": True}, True),
        ("time-limit", {"done": True}, False),
        ("age", {"age_at_least": 16}, True),
        ("age", {"no_limit": True}, False),
        ("date", {"done": True}, True),
        ("text", {"done": True}, False),
    ],
)
def test_a_test_reads_answers_of_its_provisions_kind(
    tmp_path: Path, kind: str, test: dict[str, Any], fits: bool
) -> None:
    provision = made_provision("asked", kind, standards=[held_against(**test)])
    assert codes(tmp_path, provision) == ([] if fits else [("REGISTER_008", True)])


@pytest.mark.parametrize(
    "says",
    [
        "the law says that there is no limit",
        "Under article 8 there is no limit",
        "there is no limit by law",
        "reported under section 12",
        "no limit pursuant to the reform",
        "no limit (§ 78b)",
        "the statute abolished the limit",
        "never barred according to the Criminal Code",
    ],
)
@pytest.mark.parametrize("kind", ["press", "ngo", "lead"])
def test_what_was_heard_of_is_not_worded_as_law(tmp_path: Path, kind: str, says: str) -> None:
    value = made_value("v1", says=says, source=made_source(kind, NEWS), confidence="C", next_review="2027-05-01")
    assert codes(tmp_path, file_of(value)) == [("REGISTER_009", True)]


@pytest.mark.parametrize("says", ["17 in the 2014 law but 16 in the Criminal Code", "a law passed in 2021", "no limit"])
def test_what_was_heard_of_may_speak_of_a_law(tmp_path: Path, says: str) -> None:
    value = made_value("v1", says=says, source=made_source("press", NEWS), confidence="D", next_review="2027-01-01")
    assert codes(tmp_path, file_of(value)) == []


def test_a_statute_may_say_what_the_law_says(tmp_path: Path) -> None:
    assert codes(tmp_path, file_of(made_value("v1", says="under article 8 there is no limit"))) == []


def test_the_summary_of_a_text_is_worded_like_its_source(tmp_path: Path) -> None:
    value = made_value(
        "v1",
        {"kind": "text", "summary": "the law requires it"},
        source=made_source("ngo", NEWS),
        confidence="C",
        next_review="2027-05-01",
    )
    assert codes(tmp_path, made_provision("words", "text"), file_of(value, provision="words")) == [
        ("REGISTER_009", True)
    ]


def test_an_article_that_somebody_else_read_is_not_certain(tmp_path: Path) -> None:
    value = made_value("v1", source=made_source("ngo", NEWS), confidence="A")
    assert found(tmp_path, file_of(value)) == [
        (
            "REGISTER_009",
            "countries/FI/limitation.yaml, line 11,",
            "an article with confidence A, from a source of the kind ngo",
        )
    ]


@pytest.mark.parametrize("kind", ["press", "lead"])
def test_the_press_is_never_certain(tmp_path: Path, kind: str) -> None:
    value = made_value("v1", source=made_source(kind, NEWS, article=None), confidence="A")
    assert codes(tmp_path, file_of(value)) == [("REGISTER_010", True)]


def test_a_ranking_is_no_law(tmp_path: Path) -> None:
    ranking = made_provision(ranking=True, standards=[held_against()])
    assert codes(tmp_path, ranking) == [("REGISTER_011", True)]


def test_a_source_says_its_date_or_why_it_has_none(tmp_path: Path) -> None:
    undated = made_source(dated=None)
    assert codes(tmp_path, file_of(made_value("v1", source=undated))) == [("REGISTER_012", True)]
    assert codes(tmp_path, file_of(made_value("v1", source=undated | {"dated_note": "the page carries none"}))) == []


def test_a_statute_without_its_article_is_looked_at(tmp_path: Path) -> None:
    assert codes(tmp_path, file_of(made_value("v1", source=made_source(article=None)))) == [("REGISTER_013", False)]


TO_COME: Mapping[str, BaseModel] = {
    "reading": file_of(made_value("v1", read_on="2026-11-28")),
    "looking again": file_of(made_value("v1", checked_on="2026-11-28")),
    "a text": file_of(made_value("v1", source=made_source(dated="2026-12"))),
    "a coding": coding(coded_on="2026-11-28"),
    "the register": made_settings(countries=["FI"], as_of="2026-11-28"),
    "a change of an action": action(changed_on="2026-11-28"),
    "a decision": file_of(
        made_value("v1"),
        made_value("v2"),
        decisions=[{"on": "2026-11-28", "by": "a", "keeps": ["v1"], "rejects": ["v2"], "why": "so"}],
    ),
    "a disagreement": file_of(
        made_value("v1", disagreements=[{"by": "b", "on": "2026-11-28", "why": "I read it otherwise"}])
    ),
}


@pytest.mark.parametrize("what", sorted(TO_COME))
def test_nothing_was_done_on_a_day_to_come(tmp_path: Path, what: str) -> None:
    assert [(code, said.split(" ")[0][:7]) for code, _, said in found(tmp_path, TO_COME[what])] == [
        ("REGISTER_014", "2026-12" if what == "a text" else "2026-11")
    ]


def test_a_rule_may_be_in_force_from_a_day_to_come_and_an_action_begin_then(tmp_path: Path) -> None:
    value = made_value("v1", made_limit("none"), in_force_from="2027")
    assert problems(tmp_path, file_of(value), action(starts="2027-03-01")) == ()


@pytest.mark.parametrize(
    ("changed", "codes_found"), [("2026-11-20", []), ("2026-11-21", ["REGISTER_015"]), ("2026", [])]
)
def test_a_law_changed_before_it_was_read(tmp_path: Path, changed: str, codes_found: list[str]) -> None:
    assert [code for code, _ in codes(tmp_path, file_of(made_value("v1", changed_on=changed)))] == codes_found


def test_who_looked_again_after_the_change_has_seen_it(tmp_path: Path) -> None:
    value = made_value("v1", changed_on="2026-11-21", checked_on="2026-11-25")
    assert problems(tmp_path, file_of(value)) == ()


@pytest.mark.parametrize(
    ("confidence", "review", "codes_found"),
    [
        ("A", "2027-11-20", []),
        ("A", "2027-11-21", ["REGISTER_016"]),
        ("C", "2027-05-20", []),
        ("C", "2027-05-21", ["REGISTER_016"]),
    ],
)
def test_nobody_puts_a_review_off_for_too_long(
    tmp_path: Path, confidence: str, review: str, codes_found: list[str]
) -> None:
    value = made_value("v1", confidence=confidence, next_review=review)
    assert [code for code, _ in codes(tmp_path, file_of(value))] == codes_found


def test_months_are_set_for_each_confidence(tmp_path: Path) -> None:
    settings = made_settings(countries=["FI"], review_months={"A": 12, "B": 12, "C": 6})
    assert [said for _, _, said in found(tmp_path, settings)] == ["review_months says nothing of confidence D"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2026-11-30", 3, "2027-02-28"), ("2027-11-30", 3, "2028-02-29"), ("2026-12-15", 1, "2027-01-15")],
)
def test_a_month_later_is_the_same_day_or_the_last(day: str, months: int, expected: str) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(expected)


NO_LIMIT = made_value("v1", made_limit("none"))
TWENTY = made_value(
    "v2",
    made_limit("fixed-years", years=["20"]),
    source=made_source("press", NEWS, article=None),
    confidence="D",
    next_review="2027-01-01",
)


def test_two_values_that_contradict_each_other_are_both_named(tmp_path: Path) -> None:
    assert found(tmp_path, file_of(NO_LIMIT, TWENTY)) == [
        (
            "REGISTER_017",
            "countries/FI/limitation.yaml, line 20,",
            "v1 and v2 are both in force and differ on whether there is a time limit",
        )
    ]
    assert codes(tmp_path) == []


@pytest.mark.parametrize(
    "more",
    [
        {"dispute": "the press says otherwise"},
        {"decisions": [{"on": "2026-11-21", "by": "a", "keeps": ["v1"], "rejects": ["v2"], "why": "the statute says"}]},
    ],
)
def test_a_dispute_or_a_decision_says_it(tmp_path: Path, more: dict[str, Any]) -> None:
    assert codes(tmp_path, file_of(NO_LIMIT, TWENTY, **more)) == []


def test_a_decision_that_keeps_what_contradicts_itself_decides_nothing(tmp_path: Path) -> None:
    decision = {"on": "2026-11-21", "by": "a", "keeps": ["v1", "v2"], "rejects": [], "why": "both"}
    assert codes(tmp_path, file_of(NO_LIMIT, TWENTY, decisions=[decision])) == [("REGISTER_018", True)]


def test_a_dispute_ends_with_the_decision(tmp_path: Path) -> None:
    decision = {"on": "2026-11-21", "by": "a", "keeps": ["v1"], "rejects": ["v2"], "why": "the statute says"}
    part = file_of(NO_LIMIT, TWENTY, decisions=[decision], dispute="the press says otherwise")
    assert codes(tmp_path, part) == [("REGISTER_019", False)]


def test_a_disagreement_is_settled_by_a_decision_that_names_the_value(tmp_path: Path) -> None:
    disagreement = {"by": "b", "on": "2026-11-20", "why": "I read it otherwise", "settled_on": "2026-11-21"}
    value = made_value("v1", disagreements=[disagreement])
    assert codes(tmp_path, file_of(value)) == [("REGISTER_020", True)]
    decision = {"on": "2026-11-21", "by": "a", "keeps": ["v1"], "why": "the article says so"}
    assert codes(tmp_path, file_of(value, decisions=[decision])) == []


@pytest.mark.parametrize(("length", "codes_found"), [(80, []), (81, [("REGISTER_021", False)])])
def test_the_label_of_a_choice_fits_a_cell(tmp_path: Path, length: int, codes_found: list[tuple[str, bool]]) -> None:
    choices = [{"id": "everyone", "label": "e" * length}]
    assert codes(tmp_path, made_provision("duty", "choice", choices=choices)) == codes_found


@pytest.mark.parametrize("letter", ["\u202e", "\u2066", "\u2028", "\x07", "\x85"])
def test_a_character_that_nobody_sees(tmp_path: Path, letter: str) -> None:
    assert codes(tmp_path, file_of(made_value("v1", says=f"no{letter}limit"))) == [("REGISTER_022", True)]


@pytest.mark.parametrize("says", ["لا يوجد حد زمني", "نام\u200cه", "a\u00a0b", "one\ntwo", "👩‍👧"])
def test_letters_of_every_script_are_seen(tmp_path: Path, says: str) -> None:
    assert codes(tmp_path, file_of(made_value("v1", says=says))) == []


def test_a_comment_that_would_be_lost(tmp_path: Path) -> None:
    assert problems(tmp_path) == ()
    path = tmp_path / "countries" / "FI" / "limitation.yaml"
    path.write_text("# who reads this\n" + path.read_text("utf-8").replace("values:", "values:  # lost"), "utf-8")
    (one,) = check_register(read_register(tmp_path), TODAY)
    assert (one.code, one.severity, one.place) == (
        "REGISTER_023",
        Severity.WARNING,
        "countries/FI/limitation.yaml, line 4",
    )
    assert one.excerpt is not None
    assert one.excerpt.text[one.excerpt.start : one.excerpt.end] == "# lost"


def test_a_country_of_which_nothing_was_read_is_listed(tmp_path: Path) -> None:
    settings = made_settings(countries=["FI", "SE"], also_seen=["NO"])
    assert [(code, said) for code, _, said in found(tmp_path, settings)] == [
        ("REGISTER_024", "nothing was read of SE"),
        ("REGISTER_024", "nothing was read of NO"),
    ]


def test_a_standard_that_nobody_is_held_against_is_listed(tmp_path: Path) -> None:
    assert codes(tmp_path, made_standard("pace")) == [("REGISTER_025", False)]


def test_languages_have_their_texts(tmp_path: Path) -> None:
    settings = made_settings(countries=["FI"], languages=["en", "fi"])
    assert codes(tmp_path, settings) == [("REGISTER_026", True)]
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "fi.po").touch()
    assert codes(tmp_path, settings) == []
    (tmp_path / "languages" / "sv.po").touch()
    assert codes(tmp_path, settings) == [("REGISTER_026", False)]


@pytest.mark.parametrize("digest", ["0" * 63, "0" * 65, "G" * 64, "sha256:" + "0" * 64])
def test_a_hash_is_written_in_64_digits(tmp_path: Path, digest: str) -> None:
    problems(tmp_path)
    path = tmp_path / "countries" / "FI" / "limitation.yaml"
    path.write_text(path.read_text("utf-8").replace("seen:", f'sha256: "{digest}"\n      seen:'), "utf-8")
    with pytest.raises(RegisterError) as raised:
        read_register(tmp_path)
    assert [one.code for one in raised.value.problems] == ["REGISTER_004"]


def test_errors_come_first_then_files_and_lines(tmp_path: Path) -> None:
    parts = (
        made_settings(countries=["FI", "SE"]),
        file_of(made_value("v1", read_on="2026-11-28"), made_value("v2", read_on="2026-11-28")),
        made_provision(topic="tim", standards=[held_against()]),
    )
    assert [(one.code, one.file) for one in problems(tmp_path, *parts)] == [
        ("REGISTER_014", "countries/FI/limitation.yaml"),
        ("REGISTER_014", "countries/FI/limitation.yaml"),
        ("REGISTER_006", "provisions/limitation.yaml"),
        ("REGISTER_024", "register.yaml"),
    ]
