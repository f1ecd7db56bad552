"""Folders and files as somebody types them in a form: a browser tells a page only the name of a file, never where it
is."""

from __future__ import annotations

from pathlib import Path

from kuule.desk.desk_problems import desk_error

_LONGEST = 4_000


def typed_place(typed: str, what: str) -> Path:
    """The place that was typed, whole: `~` is the person's own folder, and what does not begin at the root is in the
    folder where the desk was started. Raises DeskError DESK_014."""
    text = typed.strip().strip('"').strip()
    remedy = "type the whole of it, as /data/answers; a file manager shows and copies it"
    if not text:
        raise desk_error("DESK_014", what, f"{what}: nothing was typed", remedy)
    try:
        place = Path(text[: _LONGEST + 1]).expanduser().absolute()
        place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return place
    except (OSError, ValueError, RuntimeError):
        raise desk_error("DESK_014", what, f"{what}: no place on this machine has this name", remedy) from None
    return place
