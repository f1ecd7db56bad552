"""Whether a report is a draft in its language, and whose: a machine's is the graver, as on the survey's own pages."""

from __future__ import annotations

from collections.abc import Iterable

from kuule.languages.workflow.states import State, TextOrigin

MACHINE_DRAFT, PERSON_DRAFT = "draft_machine", "draft_person"
"""The names of the two banners among the report's words."""


def draft_banner(makers: Iterable[tuple[State, TextOrigin]], demanded: State) -> str:
    """Which banner stands on the report: "" where everything in it is as far as the study demands."""
    unready = {origin for state, origin in makers if not state.reaches(demanded)}
    if not unready:
        return ""
    return MACHINE_DRAFT if TextOrigin.MACHINE in unready else PERSON_DRAFT
