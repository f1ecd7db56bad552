"""All days of a study, from the files in its folder. No store is looked into: nothing here depends on who visits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from os.path import normpath
from pathlib import Path

from kuule.core.extras import MissingExtraError
from kuule.core.problems import KuuleError
from kuule.core.shell_paths import shell_path
from kuule.helplines.directory import read_support_file
from kuule.network.study_network import read_study_network
from kuule.planning.custody_days import custody_days
from kuule.planning.field_days import field_days, last_day_of_keeping, unknown_field_days, work_out_closing
from kuule.planning.help_days import help_days
from kuule.planning.partner_days import partner_days
from kuule.planning.register_days import register_days
from kuule.planning.study_day import StudyDay, UnknownDays
from kuule.register.reading.register_folder import read_register
from kuule.study.settings.study_toml import Study, read_settings

_SUPPORT_FILE = "support.csv"


@dataclass(frozen=True, slots=True)
class StudyDays:
    """The days, the first one first, and what could not be worked out."""

    study_id: str
    title: str
    days: tuple[StudyDay, ...]
    unknown: tuple[UnknownDays, ...] = ()

    def days_due(self, today: date) -> tuple[StudyDay, ...]:
        """What is to be done by now and was not."""
        return tuple(one for one in self.days if one.is_due(today))

    def days_ahead(self, today: date) -> tuple[StudyDay, ...]:
        """What comes, today's days first."""
        return tuple(one for one in self.days if not one.is_due(today) and not one.is_over(today))


def read_study_days(study: Path, name: str = "") -> StudyDays:
    """The days of a study. `name` stands for its folder in commands. Raises StudyError if study.toml cannot be read;
    another file that cannot be read is among what is unknown."""
    settings, folder = read_settings(study), shell_path(name or study)
    unknown = [*unknown_field_days(settings)]
    days = [*field_days(settings, folder), *_of_custody(settings)]
    sources: tuple[tuple[str, Callable[[Path, Study, str], Iterator[StudyDay]]], ...] = (
        (_SUPPORT_FILE, _of_help),
        ("statements and launches", _of_partners),
        ("study.toml, help.register", _of_register),
    )
    for place, read in sources:
        try:
            days += read(study, settings, folder)
        except (KuuleError, MissingExtraError) as error:
            unknown.append(UnknownDays(place, f"{error.problems[0].code} {error.problems[0].cause}"))
    in_order = sorted(days, key=lambda one: (one.day, one.id))
    return StudyDays(settings.id, settings.title, tuple(in_order), tuple(unknown))


def _of_custody(settings: Study) -> Iterator[StudyDay]:
    closing = work_out_closing(settings)
    last_answers = None if closing is None else closing.paused_until
    return custody_days(settings.field_period.opens, last_answers, last_day_of_keeping(settings))


def _of_help(study: Path, settings: Study, folder: str) -> Iterator[StudyDay]:
    """Only a study's own table has services that somebody checked."""
    file = study / _SUPPORT_FILE
    services = read_support_file(file).services if file.is_file() else ()
    return help_days(services, settings.help.checked_within_months, folder)


def _of_partners(study: Path, settings: Study, folder: str) -> Iterator[StudyDay]:
    return partner_days(read_study_network(study), folder)


def _of_register(study: Path, settings: Study, folder: str) -> Iterator[StudyDay]:
    if settings.help.register:
        place = Path(normpath(study / settings.help.register))
        yield from register_days(read_register(place).register, settings.help.countries, shell_path(place))
