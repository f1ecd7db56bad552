"""Which services each audience is shown."""

from __future__ import annotations

from kuule.helplines.directory import ServiceKind
from kuule.study.settings.study_toml import Audience

SERVICES_BY_AUDIENCE = {
    Audience.SURVIVORS: frozenset(ServiceKind) - {ServiceKind.PERPETRATOR_PREVENTION},
    Audience.PUBLIC: frozenset(ServiceKind),
    Audience.OFFENDERS: frozenset({ServiceKind.PERPETRATOR_PREVENTION, ServiceKind.CRISIS, ServiceKind.CHILD}),
}
"""Survivors are not shown helplines for people who abuse. Offenders may be children themselves, so they are shown child
helplines."""
