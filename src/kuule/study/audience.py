"""Which services each audience is told of."""

from __future__ import annotations

from kuule.study.settings import Audience
from kuule.support.directory import Kind

SERVICES = {
    Audience.SURVIVORS: frozenset({Kind.CHILD, Kind.SURVIVOR, Kind.VICTIM, Kind.CRISIS}),
    Audience.PUBLIC: frozenset(Kind),
    Audience.OFFENDERS: frozenset({Kind.PERPETRATOR_PREVENTION, Kind.CRISIS, Kind.CHILD}),
}
"""Survivors are not shown lines for those who abuse. Offenders may be children themselves: child lines."""
