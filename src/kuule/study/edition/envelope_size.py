"""The size of the envelopes of an edition: one for all, determined by the longest possible response."""

from __future__ import annotations

from kuule.core.limits import ENVELOPE_STEP, MAX_EDITION_ENVELOPE
from kuule.core.problems import Problem, StudyError
from kuule.forms.compile.form import Form
from kuule.forms.record import max_item_bytes, max_record_bytes
from kuule.sealing.envelope import OVERHEAD

_NAMED = 3


def envelope_size(form: Form, longest_text: int) -> int:
    """Bytes of every envelope: what the longest response needs, in steps of 4 KiB. Raises StudyError EDITION_007."""
    needed = max_record_bytes(form, longest_text) + OVERHEAD
    size = -(-needed // ENVELOPE_STEP) * ENVELOPE_STEP
    if size > MAX_EDITION_ENVELOPE:
        cause = f"the longest response would take {size} bytes, and an envelope holds {MAX_EDITION_ENVELOPE}"
        remedy = "ask for fewer or shorter texts (longest_text), or for fewer instances of repeats (most=…)"
        cause = f"{cause}; most of it are {_largest(form, longest_text)}"
        raise StudyError(Problem("EDITION_007", "study.toml, answers.longest_text", cause, remedy))
    return size


def _largest(form: Form, longest_text: int) -> str:
    """The items that need the most space, in words."""
    sizes = [(max_item_bytes(form, item, longest_text), item) for item in form.items if not item.note]
    largest = sorted(sizes, key=lambda pair: -pair[0])[:_NAMED]
    return ", ".join(
        f"{item.name} ({size} bytes{_times(form.body.max_instances_within(item.repeats))})" for size, item in largest
    )


def _times(instances: int) -> str:
    return f" in {instances} instances" if instances > 1 else ""


def can_hold_every_response(size: int, form: Form, longest_text: int) -> bool:
    """Whether an edition's envelopes have room for whatever its form can gather, in a size that envelopes have."""
    return size % ENVELOPE_STEP == 0 and max_record_bytes(form, longest_text) + OVERHEAD <= size <= MAX_EDITION_ENVELOPE
