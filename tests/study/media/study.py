"""The small study with pictures and sounds beside a note, a question, choices and the heads of a grid."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kuule.study.edition.study_edition import Edition
from kuule.study.freeze import freeze
from tests.study.media import files as made
from tests.study.small_study import FORM as PLAIN
from tests.study.small_study import make_study, rehearsal_key

_ROWS = """\
| | begin_group | page_door | | | | | field-list | | | |
| | note | door_note | **Two doors.** | | | | | door.png | door.mp3 | A green door that stands open |
| | select_one door | door | Which door is yours? | | | | | | door.mp3 | |
| | select_one house | house | What is your house like? | | | | | house.jpg | | - |
| | end_group | | | | | | | | | |
| | begin_group | page_mood | | | | | table-list | | | |
| | select_one mood | calm | How calm are you? | | | | | | | |
| | select_one mood | tired | How tired are you? | | | | | | | |
| | end_group | | | | | | | | | |
"""
_CHOICES = """\
| | door | green | The green one | green.png | green.mp3 | A green door |
| | door | sand | The sand-coloured one | sand.png | | A door the colour of sand |
| | house | small | Small | | | |
| | house | large | Large | | | |
| | mood | yes | Very | yes.png | | |
| | mood | no | Not at all | no.png | | |
"""
FILES: Mapping[str, bytes] = {
    "door.png": made.png(320, 200),
    "door.mp3": made.mp3(40),
    "sv/door.mp3": made.mp3(50),
    "house.jpg": made.jpeg(640, 400, made.JFIF),
    "green.png": made.png(80, 120, colour=b"\x1f\x8f\x48"),
    "green.mp3": made.mp3(30),
    "sand.png": made.png(80, 120, colour=b"\xd0\xb0\x80"),
    "yes.png": made.png(48, 48, colour=b"\xd0\x40\x40"),
    "no.png": made.png(48, 48, colour=b"\x40\x40\xd0"),
}


def _with_columns(line: str) -> str:
    if not line.startswith("| |"):
        return line
    return line + (" image | audio | image-description |" if " name | label |" in line else " | | |")


def _form() -> str:
    """Three more columns on both sheets; the new page stands before that of the years."""
    lines = [_with_columns(line) for line in PLAIN.splitlines()]
    before = next(place for place, line in enumerate(lines) if "page_years" in line)
    return "\n".join([*lines[:before], *_ROWS.splitlines(), *lines[before:]]) + "\n" + _CHOICES


FORM = _form()


def make_media_study(folder: Path, *, form: str = FORM, files: Mapping[str, bytes] = FILES, **study: object) -> Path:
    """The study's folder. `files` are those in `media/`."""
    for name, content in files.items():
        (folder / "media" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "media" / name).write_bytes(content)
    return make_study(folder, form=form, **study)  # type: ignore[arg-type]  # passed through as make_study names them


def make_media_edition(folder: Path, **study: object) -> Edition:
    """Its edition in `folder/edition`."""
    path = make_media_study(folder / "study", **study)  # type: ignore[arg-type]
    return freeze(path, rehearsal_key().public, folder / "edition", drafts=True)
