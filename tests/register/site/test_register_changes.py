"""The history: what changed in the law as sources date it, and what the register itself did."""

from __future__ import annotations

from pathlib import Path

from kuule.register.site.register_changes import ChangeKind, by_day, register_changes
from tests.register.site.built import english
from tests.register.small_register import FI_LIMITATION, SE_LIMITATION, small_register


def test_changes_of_the_small_register(tmp_path: Path) -> None:
    changes = register_changes(english(small_register(tmp_path).register))
    assert [(one.kind, one.on, str(one.words)) for one in changes if one.kind is not ChangeKind.REGISTER] == [
        (ChangeKind.STANDARDS, "2025-06-17", "Resolution: position taken"),
        (ChangeKind.STANDARDS, "2024-06", "Opinion on art. 33: adopted"),
        (ChangeKind.LAW, "2023-01-01", "Finland, Time limits for criminal reports: in force from this day"),
        (ChangeKind.LAW, "2022-07-08", "Finland, Time limits for criminal reports: the law was changed"),
    ]
    done = {str(one.words).rpartition(": ")[2] for one in changes if one.kind is ChangeKind.REGISTER}
    assert done == {
        "a source was read",
        "a source was read again",
        "a decision between sources",
        "a date was entered or changed",
    }


def test_a_bill_and_what_was_set_aside_change_no_law(tmp_path: Path) -> None:
    """A proposal has a day, and is no law; nor is a press article that a decision set aside."""
    dated = SE_LIMITATION.replace("status: proposed", "status: proposed\n  in_force_from: 2020-01-01")
    aside = FI_LIMITATION.replace("years: [10]}", "years: [10]}\n  changed_on: 2020-05-05")
    assert (dated, aside) != (SE_LIMITATION, FI_LIMITATION)
    files = {"countries/SE/limitation.yaml": dated, "countries/FI/limitation.yaml": aside}
    changes = register_changes(english(small_register(tmp_path, files).register))
    assert [one.on for one in changes if one.kind is ChangeKind.LAW] == ["2023-01-01", "2022-07-08"]


def test_a_change_of_the_law_that_only_the_press_tells_says_so(tmp_path: Path) -> None:
    text = SE_LIMITATION.replace("answer: {kind: time-limit, form: none}", "changed_on: 2025")
    changes = register_changes(english(small_register(tmp_path, {"countries/SE/limitation.yaml": text}).register))
    assert [(one.on, one.reported) for one in changes if one.kind is ChangeKind.LAW] == [
        ("2025", True),
        ("2023-01-01", False),
        ("2022-07-08", False),
    ]


def test_every_change_has_a_key_of_its_own(tmp_path: Path) -> None:
    keys = [one.key for one in register_changes(english(small_register(tmp_path).register))]
    assert len(keys) == len(set(keys))


def test_days_are_the_newest_first(tmp_path: Path) -> None:
    days = [day for day, _ in by_day(register_changes(english(small_register(tmp_path).register)), ChangeKind.REGISTER)]
    assert days == ["2026-11-28", "2026-11-27", "2025-11-27"]
