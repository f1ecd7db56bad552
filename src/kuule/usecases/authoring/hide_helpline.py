"""Hiding a service of a study, and saying at once who finds nobody now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import StudyError
from kuule.helplines.directory import built_in_directory, merge_directories, read_support_file
from kuule.helplines.hide_recording import HiddenService, write_service_hiding
from kuule.helplines.support_file import SUPPORT_FILE
from kuule.study.settings.help_left import HelpLeft, LostService, help_left_without
from kuule.study.settings.study_toml import read_settings


@dataclass(frozen=True, slots=True)
class HiddenHelpline:
    """A service as it is hidden now, and whether that is new. `left` is None if study.toml cannot be read: the service
    is hidden all the same."""

    service: HiddenService
    is_new: bool
    left: HelpLeft | None


def hide_helpline(
    study: Path, *, country: str, name: str, by: str, reason: str, on: date, today: date
) -> HiddenHelpline:
    """Hide a service in the study's support.csv, and reckon what is left. Raises StudyError if it cannot be hidden."""
    done = write_service_hiding(study, country=country, name=name, by=by, reason=reason, on=on, today=today)
    lost = LostService(done.service.country, done.service.kind, done.phone, done.languages)
    try:
        settings = read_settings(study)
    except StudyError:
        return HiddenHelpline(done.service, done.is_new, None)
    support = merge_directories(built_in_directory(), read_support_file(study / SUPPORT_FILE))
    left = help_left_without(lost, settings, support, today=today)
    return HiddenHelpline(done.service, done.is_new, left)
