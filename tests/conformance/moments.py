"""When the recorded traces happen: the peers' clocks were stopped, and so is ours."""

from __future__ import annotations

from datetime import UTC, date, datetime

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
