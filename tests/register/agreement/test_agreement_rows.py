"""What `kuule register agreement` prints: rows of what two coded, and lines on what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.usecases.legal_register.show_register import agreement_rows
from tests.register.small_register import CODING_ONE, CODING_OTHER, PROVISIONS, write_small_register

NEVER = f"never double coded: {len(PROVISIONS) - 1} provisions"
FIRST, SECOND = "codings/first/one.yaml", "codings/first/other.yaml"
COPY = CODING_ONE.replace("coder: one", "coder: other")


def test_few_units_are_shown_with_how_far_coders_differ(tmp_path: Path) -> None:
    found = agreement_rows(write_small_register(tmp_path))
    assert list(found.rows[1:]) == [("limitation", "first", "2", "1", "1", "100.0%", "diverges")]
    assert list(found.lines) == [
        "limitation: differ on years 1; alpha: years 0.000",
        "limitation: 1 unit coded twice; 10 or all of 3 countries are enough",
        NEVER,
    ]


def test_files_that_are_the_same_but_for_the_coder_are_warned_of(tmp_path: Path) -> None:
    lines = agreement_rows(write_small_register(tmp_path, {SECOND: COPY})).lines
    assert lines[-2:] == [
        "warning: codings/first/one.yaml and other.yaml are identical but for the coder; ask whether both coded blind",
        NEVER,
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {SECOND: COPY.replace("2026-11-20", "2026-11-21")},
        {SECOND: None, "codings/second/other.yaml": COPY.replace("round: first", "round: second")},
        {SECOND: CODING_OTHER},
    ],
)
def test_other_files_are_not(tmp_path: Path, changes: dict[str, str | None]) -> None:
    assert "warning" not in " ".join(agreement_rows(write_small_register(tmp_path, changes)).lines)


@pytest.mark.parametrize(
    ("other", "row"),
    [
        (COPY.replace("country: FI", "country: SE"), ("limitation", "first", "2", "0", "-", "-", "no-shared-unit")),
        (
            COPY.replace("limitation\n", "limitation\n  offences: gravest\n"),
            ("limitation", "first", "2", "2", "2", "100.0%", "diverges"),
        ),
    ],
)
def test_coders_who_share_no_unit_are_named(tmp_path: Path, other: str, row: tuple[str, ...]) -> None:
    found = agreement_rows(write_small_register(tmp_path, {SECOND: other}))
    assert list(found.rows[1:]) == [row]
    assert "limitation: one, other share no unit (the same country and the same offences)" in found.lines


def test_a_register_that_nobody_coded_twice_has_no_table(tmp_path: Path) -> None:
    found = agreement_rows(write_small_register(tmp_path, {FIRST: None, SECOND: None}))
    assert (found.rows, found.lines) == ((), [f"never double coded: {len(PROVISIONS)} provisions"])
