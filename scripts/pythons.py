"""Finds versions of Python: one that is new enough, and all that we promise. It also runs on an old Python, to say
so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from words import SetupStop

OLDEST = (3, 11)
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
"""The versions that Kuule runs on. Each has a wheel of every package, and is tested if a machine has it."""
NAMES = (*("python" + version for version in reversed(VERSIONS)), "python3", "python")
_CURE = "install Python 3.11 or newer; on Debian and Ubuntu: sudo apt install python3 python3-venv"
_USUAL = ("/usr/local/bin", "/usr/bin", "/opt/homebrew/bin")
_ASK = "import ensurepip, venv, sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)"


def new_enough(executable: str) -> bool:
    """Ask an executable for its version; one that does not run is not new enough."""
    question = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([executable, "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def find_python(names: tuple[str, ...] = NAMES) -> str:
    """Return this Python if it is new enough, or else the first of `names` that is."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in names:
        path = shutil.which(name)
        if path and new_enough(path):
            return path
    raise SetupStop(f"this is Python {sys.version.split()[0]} and no newer one was found", _CURE)


def every_python(versions: tuple[str, ...] = VERSIONS) -> dict[str, str]:
    """The interpreters of this machine by version: the first one of each version that runs and can make an environment.

    They are looked for on the whole PATH, where installers put them, and under pyenv, whose `python3.x` on the PATH
    runs only if that version is switched on.
    """
    found = {}
    for version in versions:
        for path in _places(version):
            real = _itself(path, version)
            if real:
                found[version] = real
                break
    return found


def _places(version: str) -> list[str]:
    """Where an interpreter of this version may be. This one comes first, so that its environment is used again."""
    name = "python" + version
    own = [sys.executable] if version == own_version() else []
    folders = [*os.environ.get("PATH", "").split(os.pathsep), *_USUAL]
    pyenv = Path(os.environ.get("PYENV_ROOT") or "~/.pyenv").expanduser()
    kept = sorted(map(str, pyenv.glob("versions/" + version + "*/bin/" + name)))
    return [*own, *(str(Path(folder) / name) for folder in folders if folder), *reversed(kept)]


def _itself(path: str, version: str) -> str:
    """The interpreter with this name, if it has that version, runs, and can make environments; otherwise ""."""
    try:
        asked = subprocess.run([path, "-c", _ASK], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return ""
    said = asked.stdout.splitlines()
    return said[1] if asked.returncode == 0 and said[:1] == [version] else ""


def own_version() -> str:
    """The version of this Python as "3.13"."""
    return "{}.{}".format(*sys.version_info[:2])


def version_of(executable: str) -> str:
    """The version of an interpreter as "3.13"; "" if it does not run."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        return subprocess.run([executable, "-c", question], capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def check_can_make_environments(executable: str) -> None:
    """Check that this Python can make virtual environments: Debian ships it without the parts for that."""
    ask = "import ensurepip, venv"
    if subprocess.run([executable, "-c", ask], capture_output=True, check=False).returncode == 0:
        return
    raise SetupStop(
        f"{executable} cannot make a virtual environment: its parts venv and ensurepip are missing",
        f"on Debian and Ubuntu: sudo apt install python{version_of(executable)}-venv; then run the same command again",
    )
