"""What a page carries survives its bytes, and nothing else is taken for it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kuule.collector.session.session_state import PauseTicket, SessionState
from kuule.forms.navigation.visit import Visit
from kuule.sealing.return_codes import legacy_row_id, new_code

VISIT = Visit(
    page="/data/b",
    seed=7,
    answers={"/data/a": "ä"},
    typed={"/data/c": "x\ny"},
    seen=frozenset({"/data/a"}),
    counts={"/data/child": 2},
    fixed={"random:/data/d:0": "0.5"},
)
CODE = new_code()
PAPER = PauseTicket(new_code(), 2**63 - 1, "ab" * 16)
CARRIED = SessionState(
    "e" * 64,
    "sv",
    "link",
    CODE,
    VISIT,
    reviewed=True,
    start_minute=29_000_000,
    pause_ticket=PAPER,
    assigned_row_id=2**63 - 1,
)


@pytest.mark.parametrize(
    "state",
    [
        CARRIED,
        replace(CARRIED, visit=Visit("", 0), reviewed=False, pause_ticket=None),
        replace(CARRIED, assigned_row_id=None),
    ],
)
def test_carried_survives_its_bytes(state: SessionState) -> None:
    assert SessionState.from_bytes(state.to_bytes()) == state


@pytest.mark.parametrize(
    "change",
    [
        {"v": 1},
        {"code": CODE.digits[:-1]},
        {"code": CODE.digits[:-1] + str((int(CODE.digits[-1]) + 1) % 10)},
        {"code": int(CODE.digits)},
        {"begun": True},
        {"row": 2**63},
        {"row": True},
        {"row": None},
        {"paper": None},
        {"paper": [PAPER.code.digits, 2**63, PAPER.draft_hash]},
        {"paper": [PAPER.code.digits, 7.0, PAPER.draft_hash]},
        {"paper": [PAPER.code.digits, 7]},
        {"paper": ["7", 7, PAPER.draft_hash]},
        {"edition": None},
        {"visit": None},
        {"visit": {"p": "/data/a"}},
        {"visit": {"p": "/data/a", "s": 1, "a": {"/data/a": 1}}},
        {"visit": {"p": "/data/a", "s": True}},
        {"visit": {"p": "/data/a", "s": 1, "x": 1}},
        {"visit": {"p": "/data/a", "s": 1, "c": {"/data/child": -1}}},
    ],
)
def test_anything_else_is_refused(change: dict[str, object]) -> None:
    content = json.dumps({**json.loads(CARRIED.to_bytes()), **change}).encode()
    with pytest.raises(ValueError, match="token"):
        SessionState.from_bytes(content)


@pytest.mark.parametrize("missing", ["edition", "language", "link", "code", "reviewed", "begun", "visit", "row"])
def test_part_that_is_missing_is_refused(missing: str) -> None:
    content = json.loads(CARRIED.to_bytes())
    del content[missing]
    with pytest.raises(ValueError, match="incomplete"):
        SessionState.from_bytes(json.dumps(content).encode())


def test_visit_from_before_rows_had_ids_of_their_own_keeps_the_id_of_its_code() -> None:
    """Also where it was on a page that was open, or paused, when the collector became a newer one."""
    before = replace(CARRIED, assigned_row_id=None)
    assert json.loads(before.to_bytes())["v"] == 2
    assert SessionState.from_bytes(before.to_bytes()).row_id("our-voice") == legacy_row_id("our-voice", CODE)
    assert CARRIED.row_id("our-voice") == 2**63 - 1
