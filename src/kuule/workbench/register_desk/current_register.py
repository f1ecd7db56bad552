"""The register as its folder is now. It is read once and kept in memory until a file changes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.http import Http404

from kuule.register.comparison.cells import RegisterCell, cells
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.whole_register import Register
from kuule.register.reading.register_folder import RegisterFolder, read_register, read_register_settings
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.file_stamps import stamp_of_files
from kuule.workbench.member_words.saying import say_country


@dataclass(frozen=True)
class CurrentRegister:
    """A register and its cells on one day."""

    folder: RegisterFolder
    cells: Mapping[tuple[str, str], RegisterCell]

    @property
    def register(self) -> Register:
        return self.folder.register

    def cell(self, country: str, provision: str) -> RegisterCell:
        """Raises Http404 where the register asks nothing of the kind."""
        found = self.cells.get((country, provision))
        if found is None:
            raise Http404
        return found

    def of_country(self, country: str) -> tuple[RegisterCell, ...]:
        """The cells of a country, in the order of topics. Raises Http404."""
        found = tuple(cell for (code, _), cell in self.cells.items() if code == country)
        if not found:
            raise Http404
        topics = [topic.id for topic in self.register.settings.topics]
        return tuple(sorted(found, key=lambda cell: _place(topics, cell.provision)))


@dataclass
class _LastRead:
    """What was read last, and of which files on which day."""

    stamp: object = None
    made: CurrentRegister | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_LAST = _LastRead()


def register_path() -> Path:
    """The folder of the register. Raises Http404 if this workbench has none."""
    path = running_site().register_folder
    if path is None:
        raise Http404
    return path


def read_current_register(path: Path, today: date) -> CurrentRegister:
    """Raises RegisterError with everything that keeps it from being read."""
    # The stamp is taken before reading, so that a change in between is noticed the next time.
    stamp = (path, today, stamp_of_files(sorted(path.rglob("*.yaml"))))
    with _LAST.lock:
        if _LAST.made is None or _LAST.stamp != stamp:
            folder = read_register(path)
            _LAST.made = CurrentRegister(folder, cells(folder.register, today))
            _LAST.stamp = stamp
        return _LAST.made


def register_countries() -> Mapping[str, str]:
    """The countries of the register with their names in the language of the page; none without a register. Raises
    RegisterError if its register.yaml cannot be read."""
    path = running_site().register_folder
    if path is None:
        return {}
    settings = read_register_settings(path)
    return {code: country_name(code) for code in (*settings.countries, *settings.also_seen)}


def country_name(code: str) -> str:
    """The name of a country in the language of the page."""
    return say_country(code, code)


def version_of(file: Path) -> str:
    """A short hash of what a file holds, "" where there is none. A change that is based on another one is a
    conflict."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    except FileNotFoundError:
        return ""


def _place(topics: list[str], provision: Provision) -> int:
    return topics.index(provision.topic) if provision.topic in topics else len(topics)
