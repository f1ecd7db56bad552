"""Quality flags: what an envelope notes of how its answers came. They never refuse anyone, and nothing of them is
stored outside.

One is set by a field that people never meet, since the page hides it from eyes, screen readers, voice control and
autofill alike; the other by a pace at which nobody reads. Either has innocent reasons, which an analyst weighs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kuule.collector.session.session_state import SessionState
from kuule.forms.record import FASTER_THAN_READING, HIDDEN_FIELD_FILLED

HONEYPOT_FIELD = "homepage"
"""The name of the field that stays empty. No browser knows a person's homepage; programs that fill in every field
do."""
_MINUTE = 60
MIN_SECONDS_PER_ANSWER = 1
"""Nobody reads questions and answers them in less, one after the other."""


def minute_number(now: datetime) -> int:
    """Whole minutes since 1970: how exactly the beginning of a visit is known, inside its token only."""
    return int(now.timestamp()) // _MINUTE


def quality_flags_of(state: SessionState, fields: Mapping[str, Sequence[str]], now: datetime) -> tuple[str, ...]:
    """The flags of a response that is being sent with `fields`."""
    hidden = (HIDDEN_FIELD_FILLED,) if any(fields.get(HONEYPOT_FIELD, ())) else ()
    return hidden + ((FASTER_THAN_READING,) if _is_hasty(state, now) else ())


def _is_hasty(state: SessionState, now: datetime) -> bool:
    """Whether there were more answers than seconds. Both minutes are counted whole, in favour of the respondent."""
    if not state.start_minute:
        return False
    most = (minute_number(now) - state.start_minute + 1) * _MINUTE
    return 0 <= most < len(state.visit.answers) * MIN_SECONDS_PER_ANSWER
