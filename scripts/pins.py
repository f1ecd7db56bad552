"""`make pins`: renews the lock files in requirements/ after a change of pyproject.toml; `make pins PINS=--upgrade`
takes the newest versions.

Without `--upgrade`, locked versions stay unless pyproject.toml no longer allows them. Then every platform that we
promise is checked, as far as that is possible from here: there has to be a wheel. The resolver is uv, from
requirements/pins.txt, in .venv-pins. This needs the network. Exit codes as setup.py.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import locks
import pythons
from words import SetupStop, say

PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28", "aarch64-apple-darwin", "x86_64-pc-windows-msvc")
"""The platforms that there are wheels for. cryptography no longer has any for Intel Macs."""
_WIDEST = "test"
_ENVIRONMENT = ".venv-pins"


def main(arguments: list[str]) -> int:
    """Renew every lock file, then check it."""
    if arguments not in ([], ["--upgrade"]):
        say("usage: python3 scripts/pins.py [--upgrade]")
        return 2
    root = Path(__file__).resolve().parent.parent
    try:
        renew(root, upgrade=bool(arguments))
        try_platforms(root)
    except SetupStop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        say("stopped; what was locked is as far as it had come: run the same command again")
        return 130
    return 0


def renew(root: Path, *, upgrade: bool) -> None:
    """Resolve the largest role once, and give each role its part of the result, so that all agree on every version."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.txt"
        # the resolver prefers locked versions if it finds them in its output file
        whole.write_text("".join(locks.read(root, _WIDEST).values()), encoding="utf-8")
        _compile(root, _WIDEST, whole, "--generate-hashes", *(["--upgrade"] if upgrade else []))
        every = locks.blocks(whole.read_text(encoding="utf-8"))
        written: set[str] = set()
        for role in locks.ROLES:
            part = Path(folder) / f"{role}.txt"
            _compile(root, role, part, "--constraints", str(whole))
            names = set(locks.blocks(part.read_text(encoding="utf-8"))) - written
            locks.write(root, role, {name: every[name] for name in names})
            written |= names
            say(f"requirements/{role}.txt: {len(names)} packages")
        _renew_models(root, whole, Path(folder) / "models.txt", upgrade=upgrade)
        resolver = Path(folder) / "pins.txt"
        resolver.write_text("" if upgrade else "".join(locks.read(root, locks.RESOLVER).values()), encoding="utf-8")
        _uv(root, "pip", "compile", *_STYLE, "--generate-hashes", "--output-file", str(resolver), "-", given="uv\n")
        locks.write(root, locks.RESOLVER, locks.blocks(resolver.read_text(encoding="utf-8")))


def _renew_models(root: Path, whole: Path, output: Path, *, upgrade: bool) -> None:
    """What the extra `names` brings beside what is locked already, which stays as it is."""
    output.write_text("" if upgrade else "".join(locks.read(root, locks.MODELS).values()), encoding="utf-8")
    _uv(
        root, "pip", "compile", *_STYLE, "--extra", "names", "--generate-hashes", "--constraints", str(whole),
        "--output-file", str(output), str(root / "pyproject.toml"),
    )  # fmt: skip
    held = locks.blocks(whole.read_text(encoding="utf-8"))
    found = locks.blocks(output.read_text(encoding="utf-8"))
    locks.write(root, locks.MODELS, {name: block for name, block in found.items() if name not in held})
    say(f"requirements/{locks.MODELS}.txt: {len(set(found) - set(held))} packages")


def try_platforms(root: Path) -> None:
    """Whether every package of every role has a wheel, with a locked hash, for each platform and Python."""
    for platform in PLATFORMS:
        for version in pythons.VERSIONS:
            _uv(
                root, "pip", "install", "--dry-run", "--quiet", "--target", str(root / _ENVIRONMENT / "nothing"),
                "--python-platform", platform, "--python-version", version, "--only-binary", ":all:", "--no-deps",
                "--require-hashes", "--requirements", str(locks.path_of(root, _WIDEST)),
            )  # fmt: skip
        say(f"{platform}: a wheel of every package for Python {', '.join(pythons.VERSIONS)}")


_STYLE = (
    "--quiet", "--universal", "--python-version", pythons.VERSIONS[0], "--only-binary", ":all:", "--no-header",
    "--no-annotate",
)  # fmt: skip


def _compile(root: Path, role: str, output: Path, *more: str) -> None:
    extras = [part for extra in locks.ROLES[role][0].split(",") for part in ("--extra", extra)]
    builds = "".join(f"{one}\n" for one in _build_requires(root))
    _uv(
        root, "pip", "compile", *_STYLE, *extras, *more, "--output-file", str(output), str(root / "pyproject.toml"),
        "-", given=builds,
    )  # fmt: skip


def _build_requires(root: Path) -> list[str]:
    """What builds the package is in the lock file too, because an isolated build would fetch it without a hash."""
    return list(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"])


def _uv(root: Path, *arguments: str, given: str = "") -> None:
    outcome = subprocess.run(
        [str(_resolver(root)), *arguments], input=given, cwd=root, capture_output=True, text=True, check=False
    )
    if outcome.returncode != 0:
        raise SetupStop(f"uv {' '.join(arguments[:2])}: {outcome.stderr.strip()}", "mend it, then run this again")


def _resolver(root: Path) -> Path:
    """uv in an environment of its own, which is made when first needed from requirements/pins.txt with its hashes."""
    environment = root / _ENVIRONMENT
    uv = environment / "bin" / "uv"
    if not uv.is_file():
        say("installing the resolver into .venv-pins: downloads about 25 MB from the Python package index")
        _run(sys.executable, "-m", "venv", str(environment))
        pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run(*pip, "--only-binary", ":all:", "--require-hashes", "--requirement", str(locks.path_of(root, "pins")))
    return uv


def _run(*command: str) -> None:
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        raise SetupStop(f"{' '.join(command[1:3])}: {outcome.stderr.strip()}", "see to it, then run this again")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
