"""What is noted inside an envelope of how it came: never a reason to refuse anyone, and nothing of it is kept outside.

A field that people never meet, since the page hides it from eyes, screen readers, voice control and filling-in by the
browser alike; and a pace at which nobody reads. Either has innocent reasons: an analyst weighs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kuule.collector.session.session_state import SessionState
from kuule.forms.record import FASTER_THAN_READING, HIDDEN_FIELD_FILLED

HONEYPOT_FIELD = "homepage"
"""The name of the field that stays empty. No browser knows an owner's homepage; programs that fill all fields do."""
_MINUTE = 60
MIN_SECONDS_PER_ANSWER = 1
"""Nobody reads a question and answers it in less, one after the other."""


def minute_number(now: datetime) -> int:
    """Whole minutes since 1970: how exactly a visit's beginning is known, inside its token only."""
    return int(now.timestamp()) // _MINUTE


def quality_flags_of(state: SessionState, fields: Mapping[str, Sequence[str]], now: datetime) -> tuple[str, ...]:
    """The flags of a response that is being sent with `fields`."""
    hidden = (HIDDEN_FIELD_FILLED,) if any(fields.get(HONEYPOT_FIELD, ())) else ()
    return hidden + ((FASTER_THAN_READING,) if _is_hasty(state, now) else ())


def _is_hasty(state: SessionState, now: datetime) -> bool:
    """At most so many seconds have passed: both minutes are counted whole, in favour of the person."""
    if not state.start_minute:
        return False
    most = (minute_number(now) - state.start_minute + 1) * _MINUTE
    return 0 <= most < len(state.visit.answers) * MIN_SECONDS_PER_ANSWER
