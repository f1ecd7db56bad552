"""Looks at an installation for a role: all checks, in the order in which a person would mend what they find."""

from __future__ import annotations

from pathlib import Path

from kuule.usecases.installation.installation_findings import InstallationFinding, MachineRole
from kuule.usecases.installation.machine_checks import check_clock, check_disk, check_letters, check_writing
from kuule.usecases.installation.memory_checks import check_core_dumps, check_scrubbing, check_swap
from kuule.usecases.installation.software_checks import (
    check_browsers,
    check_extras,
    check_fonts,
    check_postgresql,
    check_python,
)


def check_installation(role: MachineRole | None, folder: Path, terminal: str) -> tuple[InstallationFinding, ...]:
    """What is there and what is missing for a role, whose results go to `folder`; without one, for any. `terminal` is
    the encoding of what is shown."""
    return (
        *check_python(role),
        *check_extras(role),
        *check_postgresql(role),
        *check_fonts(role),
        *check_browsers(role),
        *check_letters(terminal),
        *check_writing(folder),
        *check_disk(folder),
        *check_clock(role),
        *check_scrubbing(role),
        *check_swap(role),
        *check_core_dumps(role),
    )
