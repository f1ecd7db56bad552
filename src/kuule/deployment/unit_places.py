"""Where units are, and the places of an installation that they name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

UNITS = "/etc/systemd/system"
_PROGRAM, _DOCS = "/opt/kuule/.venv/bin/kuule", "/opt/kuule/docs"
_PACKAGED = (PurePosixPath("/usr/bin"), PurePosixPath("/usr/lib/kuule/bin"))


def with_program(unit: str, program: str) -> str:
    """A unit that starts the program where it is here. Where no documentation is beside it, it names none."""
    unit = unit.replace(_PROGRAM, escape_specifiers(program))
    if program == _PROGRAM:
        return unit
    if PurePosixPath(program).parent in _PACKAGED:
        return unit.replace(_DOCS, "/usr/share/doc/kuule/docs")
    return re.sub(rf"^Documentation=file:{_DOCS}.*\n", "", unit, flags=re.MULTILINE)


def escape_specifiers(value: str) -> str:
    """A value on the line of a unit, where % begins a word of systemd's own."""
    return value.replace("%", "%%")
