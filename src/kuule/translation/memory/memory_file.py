"""`kuule translate memory`: what studies have translated, as one file for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.problems import Problem, StudyError
from kuule.translation.memory.tmx import tmx_bytes
from kuule.translation.memory.translation_pairs import pairs_of
from kuule.translation.text_sets.folder_text_set import read_text_set


def write_memory(folders: Sequence[Path], to: Path, *, words: bool = False) -> int:
    """Write every translation of these folders into a TMX file, and return how many there are.

    Raises StudyError: whatever prevents reading a folder, LANG_058 (the file exists already), LANG_063 (its name does
    not end in .tmx), LANG_064 (folders in different source languages).
    """
    if to.suffix.lower() != ".tmx":
        cause, remedy = "a translation memory is a file that ends in .tmx", f"write --to {to.stem or 'memory'}.tmx"
        raise StudyError(Problem("LANG_063", str(to), cause, remedy))
    if to.exists():
        raise StudyError(Problem("LANG_058", str(to), "a file is there already", "give another name"))
    sets = [read_text_set(folder, words=words) for folder in folders]
    written_in = sorted({texts.source_language for texts in sets})
    if len(written_in) > 1:
        cause = f"the texts of these folders are written in {' and '.join(written_in)}"
        raise StudyError(Problem("LANG_064", str(to), cause, "write a file for each source language"))
    pairs = [pair for texts in sets for pair in pairs_of(texts)]
    to.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(to, tmx_bytes(pairs, written_in[0]))
    return len(pairs)
