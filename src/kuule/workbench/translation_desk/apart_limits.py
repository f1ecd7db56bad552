"""How much the desk keeps beside a language's file of what could not be saved (`languages/apart/<tag>.po`).

Nothing that is there is taken away, and an import keeps whatever it has to. What somebody typed once more than there is
room for is not kept, and they are told to copy it: else anyone with a role could fill the disk. Likewise of the
wordings that one save after another replaces, the first few are kept; drafts of others stand in the file itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kuule.languages.workflow.entries import Entry
from kuule.translation.language_files import SET_ASIDE_FOLDER, read_set_aside

MAX_WORDINGS = 5
"""Of one text."""
MAX_APART_BYTES = 4 * 2**20
"""Of one language's file."""


def can_keep_apart(folder: Path, tag: str, entry: Entry) -> bool:
    """Whether one more wording may be kept apart. One that stands there already takes no room."""
    file = folder / SET_ASIDE_FOLDER / f"{tag}.po"
    kept: Mapping[str, Entry] = read_set_aside(file)
    if entry.key in kept:
        return True
    of_text = entry.key.rpartition("#")[0]
    wordings = sum(key.rpartition("#")[0] == of_text for key in kept)
    size = file.stat().st_size if file.is_file() else 0
    needed = len(entry.text.encode()) + len(entry.source.encode()) + len(entry.key.encode())
    return wordings < MAX_WORDINGS and size + needed <= MAX_APART_BYTES
