"""What is made of a register for others: exports, its pages, its calendars, the table of a country."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kuule.core.folders import atomic_folder
from kuule.register.calendars.calendar_feeds import write_calendars
from kuule.register.deadlines.offline_table import deadline_table
from kuule.register.open_data.register_export import RegisterFormat, export_files
from kuule.register.reading.register_folder import read_register
from kuule.register.site.built_pages import BuiltPages
from kuule.register.site.site_building import build_site
from kuule.usecases.input_files import check_path_is_free
from kuule.usecases.legal_register.show_register import named_country


def export_register(folder: Path, form: RegisterFormat, to: Path, *, today: date) -> tuple[Path, ...]:
    """Write the files of a format into a new folder. Raises FileError CLI_001 if something is there."""
    check_path_is_free(to, "an export")
    files = export_files(read_register(folder).register, form, today)
    with atomic_folder(to, mode=0o755) as draft:
        for name, content in files.items():
            (draft / name).write_bytes(content)
    return tuple(to / name for name in files)


def build_register_site(folder: Path, to: Path, *, today: date) -> BuiltPages:
    """Write a register's pages, feeds and calendars. Pages of an earlier run are replaced, or removed where they are
    gone. Raises RegisterError as `build_site` does."""
    return build_site(read_register(folder), to, today=today)


def write_register_calendars(folder: Path, to: Path) -> tuple[Path, ...]:
    """Write the calendars alone. A register without actions has none."""
    return write_calendars(read_register(folder).register, to)


def country_deadlines(folder: Path, country: str, *, today: date) -> str:
    """The table of a country as text: until when abuse can be reported. Raises RegisterError REGISTER_027."""
    register = read_register(folder).register
    return deadline_table(register, named_country(register, country), today).text
