"""Python, the extras, the driver of PostgreSQL, fonts, and what is not needed."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import metadata

from kuule.core.extras import EXTRA_MODULES, absent_modules, install_commands
from kuule.languages.cldr.tags import find_language
from kuule.languages.gettext.shipped_words import shipped_languages
from kuule.typesetting.missing_letters import missing_letters_remedy
from kuule.typesetting.settable_texts import unsettable_letters
from kuule.usecases.installation.installation_findings import (
    InstallationFinding,
    MachineRole,
    pass_check,
    report_missing,
    warn_about,
)

ROLE_EXTRAS = {
    MachineRole.COLLECTOR: ("collector",),
    MachineRole.WORKBENCH: ("workbench",),
    MachineRole.LEAD: ("collector", "keys", "print", "ethics", "kit"),
    MachineRole.ANALYST: ("analysis", "collector", "register"),
}
"""The extras of everything that a role does: previews need the collector's pages, and so does the desk."""
_OPTIONAL = frozenset({"postgresql", "names", "gliner"})
_PAPER_ROLES = (MachineRole.WORKBENCH, MachineRole.LEAD, MachineRole.ANALYST)
_OLDEST_PYTHON = (3, 11)


def check_python(_role: MachineRole | None) -> Iterator[InstallationFinding]:
    """The version of Python, and that of Kuule."""
    told = f"{platform.python_version()} at {sys.executable}; Kuule {metadata('kuule')['Version']}"
    if sys.version_info[:2] < _OLDEST_PYTHON:
        yield report_missing("python", told, "install Python 3.11 or newer, and Kuule with it")
    else:
        yield pass_check("python", told)


def check_extras(role: MachineRole | None) -> Iterator[InstallationFinding]:
    """The extras of a role; without a role, which are there, none of which is demanded."""
    for extra in ROLE_EXTRAS[role] if role else [name for name in EXTRA_MODULES if name not in _OPTIONAL]:
        absent = absent_modules(extra)
        if not absent:
            yield pass_check(f"extra {extra}", "installed")
        elif role:
            yield report_missing(
                f"extra {extra}", f"not installed ({', '.join(absent)} not found)", install_commands(extra)
            )
        else:
            yield warn_about(
                f"extra {extra}", f"not installed ({', '.join(absent)} not found)", install_commands(extra)
            )


def check_postgresql(role: MachineRole | None) -> Iterator[InstallationFinding]:
    """The driver of PostgreSQL, which only a collector with such a database needs."""
    if role not in (None, MachineRole.COLLECTOR, MachineRole.WORKBENCH):
        return
    if absent_modules("postgresql"):
        remedy = install_commands("postgresql")
        yield warn_about("postgresql", "no driver; answers can be kept in SQLite, and need none", remedy)
    else:
        yield pass_check("postgresql", "its driver is installed")


def check_fonts(role: MachineRole | None) -> Iterator[InstallationFinding]:
    """Whether paper can be set in every language that Kuule has words in. Each name is set in its own script."""
    if (role and role not in _PAPER_ROLES) or absent_modules("keys"):
        return
    tags = shipped_languages()
    names = {tag: find_language(tag).autonym for tag in tags}
    letters = unsettable_letters(" ".join(names.values()))
    if not letters:
        yield pass_check("fonts", f"paper can be set in all {len(names)} languages")
        return
    lacking = [tag for tag, name in names.items() if set(name) & set(letters)]
    told = f"none for {', '.join(lacking)}: PDFs in these languages are not made"
    yield warn_about("fonts", told, missing_letters_remedy(letters))


def check_browsers(_role: MachineRole | None) -> Iterator[InstallationFinding]:
    """Said so that nobody installs one: PDFs are set inside this process."""
    yield pass_check("browsers", "none is needed to make pages, PDFs or pictures")
