"""How large the envelopes of an edition are: one size for all, which the longest response decides."""

from __future__ import annotations

from kuule.errors import Problem, StudyError
from kuule.forms.form import Form
from kuule.forms.record import longest_record
from kuule.sealing.envelope import OVERHEAD

LARGEST_ENVELOPE = 60 * 1024
"""Bytes: what a store takes in one page, with room for its own bookkeeping (DESIGN.md, decision 5)."""

_STEP = 4 * 1024


def envelope_size(form: Form, longest_text: int) -> int:
    """Bytes of every envelope: what the longest response needs, in steps of 4 KiB. Raises StudyError EDITION_007."""
    needed = longest_record(form, longest_text) + OVERHEAD
    size = -(-needed // _STEP) * _STEP
    if size > LARGEST_ENVELOPE:
        cause = f"the longest response would take {size} bytes, and an envelope holds {LARGEST_ENVELOPE}"
        remedy = "ask for fewer or shorter texts (longest_text), or put a limit on repeats"
        raise StudyError(Problem("EDITION_007", "study.toml, answers.longest_text", cause, remedy))
    return size
