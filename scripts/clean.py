"""Remove what the other commands made in this folder: .venv, practice answers, caches. Standard library only."""

from __future__ import annotations

import shutil
from pathlib import Path

import pythons
from words import say

MADE = (
    ".venv", ".venv-pins", ".venv-models", *(f".venv-{version}" for version in pythons.VERSIONS),
    ".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis",
    "build", "dist",
)  # fmt: skip
PRACTICE_MARK = ".kuule-practice"


def clean(root: Path) -> list[str]:
    """Remove these, and return the names of what was there. A practice folder is removed only if it has its mark."""
    gone = []
    for name in MADE:
        if (root / name).is_dir():
            shutil.rmtree(root / name)
            gone.append(name)
    practice = root / "practice"
    if (practice / PRACTICE_MARK).is_file():
        shutil.rmtree(practice)
        gone.append("practice")
    for folder in ("src", "tests", "scripts"):
        for cache in sorted((root / folder).rglob("__pycache__")):
            shutil.rmtree(cache)
    return gone


if __name__ == "__main__":
    removed = clean(Path(__file__).resolve().parent.parent)
    say(f"removed {', '.join(removed)}" if removed else "nothing to remove")
