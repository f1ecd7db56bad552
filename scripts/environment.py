"""The virtual environment, .venv or one next to it: made once, stamped, and made again if the folder was moved."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import locks
import pythons
from words import SetupStop, say

ROLES = {
    # role: (megabytes downloaded, megabytes on the disk); measured on Linux x86-64
    "collector": (50, 210),
    "workbench": (53, 228),
    "run": (170, 575),
    "docs": (176, 615),
    "test": (281, 970),
}
USUAL = ".venv"
"""The environment of all commands. The tests of other versions of Python have one each, next to it."""
_UNDER_WAY = "kuule-under-way"
_INCLUDES = {
    "collector": ("collector", "workbench", "run", "docs", "test"),
    "workbench": ("workbench", "run", "docs", "test"),
    "run": ("run", "docs", "test"),
    "docs": ("docs", "test"),
    "test": ("test",),
}
_NETWORK_SIGNS = (
    "NewConnectionError", "ConnectTimeout", "ReadTimeout", "name resolution", "Network is unreachable",
    "No matching distribution found", "ProxyError", "SSLError", "Connection refused", "IncompleteRead",
)  # fmt: skip
_HASH_SIGNS = ("DO NOT MATCH THE HASHES", "Hashes are required")
_DISK_SIGNS = ("No space left on device", "Errno 28", "Disk quota exceeded")


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Lock the folder, so that two set-ups never write into one .venv at the same time: the second waits for the
    first."""
    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is under way in this folder: waiting for it")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def wanted_stamp(root: Path) -> str:
    """A hash of what decides the contents of .venv: where it is, what is wanted, and in which versions."""
    digest = hashlib.sha256(str(root).encode())
    for file in (root / "pyproject.toml", *locks.files_of(root, "test")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_ready(root: Path, role: str, name: str = USUAL, version: str = "") -> bool:
    """Whether the environment already has everything of a role, and for this version of Python if one is given.

    Needs no network.
    """
    stamp = _read_stamp(root / name)
    if not runs(root / name) or stamp.get("wanted") != wanted_stamp(root) or not _is_of(root / name, version):
        return False
    return any(held in _roles(stamp) for held in _INCLUDES[role])


def runs(venv: Path) -> bool:
    """Whether a venv works and is where it was made. Its scripts contain their own address."""
    python = venv / "bin" / "python"
    activate = venv / "bin" / "activate"
    if not python.exists() or not activate.is_file() or str(venv) not in activate.read_text(encoding="utf-8"):
        return False
    ask = [str(python), "-c", "import sys, pip; print(sys.prefix)"]
    answer = subprocess.run(ask, capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout.strip() == str(venv)


def _is_of(venv: Path, version: str) -> bool:
    return not version or pythons.version_of(str(venv / "bin" / "python")) == version


def make(root: Path, python: str, name: str = USUAL) -> None:
    """Make the environment unless there is one that works and has this Python's version. What was there is removed, but
    only if it is a virtual environment."""
    venv = root / name
    version = pythons.version_of(python)
    works = runs(venv) and not (venv / _UNDER_WAY).exists()
    if works and _is_of(venv, version):
        return
    if venv.exists():
        if not (venv / "pyvenv.cfg").is_file():
            raise SetupStop(f"{venv} is in the way and is no virtual environment", "move it away, then run this again")
        why = f"is of another Python than {version}" if works else "was made elsewhere or is not whole"
        say(f"the environment in {name} {why}: making it anew")
        shutil.rmtree(venv)
    outcome = subprocess.run([python, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        raise SetupStop(*explain(outcome.stdout + outcome.stderr))


def install(root: Path, role: str, name: str = USUAL) -> None:
    """Install the packages of a role's lock file, each only if its hash is in that file, then the project itself.

    Only wheels are installed, so that nothing that was downloaded runs during the installation. The project is built
    from its folder with packages of the lock file, and nothing else is fetched for it.
    """
    download, _ = ROLES[role]
    source = "the Python package index; takes a minute or two"
    say(f"installing Python packages into {name}: downloads up to {download} MB from {source}")
    # stays behind if the installation is interrupted, so that a half-installed package is not taken for a complete one
    venv = root / name
    (venv / _UNDER_WAY).touch()
    lock = str(locks.path_of(root, role))
    _pip(venv, "--require-hashes", "--only-binary", ":all:", "--requirement", lock)
    _pip(venv, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(root))
    (venv / _UNDER_WAY).unlink()
    _write_stamp(root, role, name)


def _pip(venv: Path, *arguments: str) -> None:
    command = [
        str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--no-input", "--progress-bar", "off", *arguments,
    ]  # fmt: skip
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        raise SetupStop(*explain(outcome.stdout + outcome.stderr))


def check_disk(root: Path, role: str) -> None:
    """Refuse before anything is downloaded if the disk is too full."""
    needed = sum(ROLES[role])
    free = shutil.disk_usage(root).free // 1_000_000
    if free < needed:
        raise SetupStop(
            f"the disk has {free} MB free and the set-up needs about {needed} MB",
            "make room, or move this folder to a disk that has it; then run the same command again",
        )


def explain(output: str) -> tuple[str, str]:
    """Turn what pip or venv printed into (cause, cure)."""
    if any(sign in output for sign in _DISK_SIGNS):
        return "the disk is full: the packages did not fit", "make room, then run the same command again"
    if any(sign in output for sign in _HASH_SIGNS):
        return (
            "a package is not the one that was locked: its hash stands in no file of requirements/",
            "install nothing by hand; try again, and if it lasts, ask whoever keeps the index or the proxy here",
        )
    if any(sign in output for sign in _NETWORK_SIGNS):
        return (
            "the packages could not be downloaded from the Python package index",
            "check the network (behind a proxy: set HTTPS_PROXY), then run the same command again",
        )
    if "Permission denied" in output:
        return "this folder may not be written to", "own the folder, or copy it to one you own; then run this again"
    last = "\n  ".join(output.strip().splitlines()[-12:])
    return f"the packages could not be installed; the last words were:\n  {last}", "remove .venv and run this again"


def _read_stamp(venv: Path) -> dict[str, object]:
    try:
        stamp = json.loads((venv / "kuule.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _roles(stamp: dict[str, object]) -> list[str]:
    roles = stamp.get("roles")
    return [str(role) for role in roles] if isinstance(roles, list) else []


def _write_stamp(root: Path, role: str, name: str = USUAL) -> None:
    old = _read_stamp(root / name)
    wanted = wanted_stamp(root)
    held = _roles(old) if old.get("wanted") == wanted else []
    roles = sorted({role, *held})
    text = json.dumps({"wanted": wanted, "roles": roles}, indent=1)
    (root / name / "kuule.json").write_text(text + "\n", encoding="utf-8")
