"""Paths in commands that are printed for a person to type."""

from __future__ import annotations

import shlex
from pathlib import Path


def shell_path(path: Path | str) -> str:
    """The path as it is typed after a command: quoted where a shell needs it, and `./-x` for `-x`, which would be read
    as an option."""
    typed = str(path)
    return shlex.quote(f"./{typed}" if typed.startswith("-") else typed)
