"""The files of deploy/, which ship with the package: what a machine's files are made of."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import kuule


@cache
def deploy_folder() -> Path:
    """deploy/ in the installed package, or beside the source."""
    package = Path(kuule.__file__).resolve().parent
    places = (package / "deploy", package.parents[1] / "deploy")
    return next(place for place in places if (place / "systemd").is_dir())


def shipped_text(name: str) -> str:
    """A file of deploy/, by its path in there."""
    return (deploy_folder() / name).read_text("utf-8")


def fill_in(text: str, *changes: tuple[str, str]) -> str:
    """A text with some of its parts changed. Raises ValueError if one is not in there: then the file that ships and the
    code that fills it are no longer in step."""
    for before, after in changes:
        if before not in text:
            raise ValueError(f"{before!r} is in no line of the file that ships")
        text = text.replace(before, after)
    return text
