"""Finding a Python that is new enough. Runs on an old one too, so that it can say so."""

from __future__ import annotations

import shutil
import subprocess
import sys

from words import SetupStop

OLDEST = (3, 11)
NAMES = ("python3.13", "python3.12", "python3.11", "python3", "python")
_CURE = "install Python 3.11 or newer; on Debian and Ubuntu: sudo apt install python3 python3-venv"


def new_enough(executable: str) -> bool:
    """Ask an executable for its version; one that does not run is not new enough."""
    question = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([executable, "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def find_python(names: tuple[str, ...] = NAMES) -> str:
    """Return this Python where it is new enough, else the first of `names` that is."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in names:
        path = shutil.which(name)
        if path and new_enough(path):
            return path
    raise SetupStop(f"this is Python {sys.version.split()[0]} and no newer one was found", _CURE)


def check_can_make_environments(executable: str) -> None:
    """Debian ships Python without the parts that make a virtual environment."""
    ask = "import ensurepip, venv, sys; print('%d.%d' % sys.version_info[:2])"
    if subprocess.run([executable, "-c", ask], capture_output=True, check=False).returncode == 0:
        return
    version = subprocess.run(
        [executable, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    raise SetupStop(
        f"{executable} cannot make a virtual environment: its parts venv and ensurepip are missing",
        f"on Debian and Ubuntu: sudo apt install python{version}-venv; then run the same command again",
    )
