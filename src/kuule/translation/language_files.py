"""The files of a language after a change: its PO file, the texts that were set aside, and its history, written
together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kuule.languages.gettext.catalogue import po_bytes, read_po, read_pot
from kuule.languages.workflow.entries import Catalogue, Entry
from kuule.translation.history import HISTORY_FOLDER, HistoryEntry, extended_history, history_file

LOCK_PATIENCE = 2.0
"""Seconds to wait while somebody else writes: saving a text at the desk takes only a moment."""

SET_ASIDE_FOLDER = "apart"
"""The folder next to the PO files for texts that have no place in them."""


def language_files(
    folder: Path, catalogue: Catalogue, apart: Sequence[Entry], lines: tuple[HistoryEntry, ...]
) -> dict[str, bytes]:
    """What `replace_catalogues` has to write into `folder`, by path. Nothing that is there already is lost."""
    tag = catalogue.language
    files = {f"{tag}.po": po_bytes(catalogue)}
    if apart:
        name = f"{SET_ASIDE_FOLDER}/{tag}.po"
        kept = read_set_aside(folder / name) | {entry.key: entry for entry in apart}
        files[name] = po_bytes(Catalogue(tag, kept))
    if lines:
        files[f"{HISTORY_FOLDER}/{tag}.jsonl"] = extended_history(history_file(folder, tag), lines)
    return files


def read_set_aside(path: Path) -> dict[str, Entry]:
    """The texts that were set aside; none if there is no file."""
    return dict(read_po(path, read_pot(path)).entries) if path.is_file() else {}
