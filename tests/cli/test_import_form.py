"""`kuule import` as a person types it."""

from __future__ import annotations

from tests.cli.running import run  # placeholder
