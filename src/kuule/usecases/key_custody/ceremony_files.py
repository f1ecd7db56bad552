"""The files of a key ceremony: nothing looks finished before it is finished, and nothing secret is left after a stop.

ID.unfinished/       while it goes on, for its owner only; removed whatever happens
ID.sheets/           the sheets, until they are printed and deleted
ID.secret-key        of a key with a passphrase
ID.public-key        comes last: without it, nothing was finished
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kuule.core.files import overwrite_with_zeros, sync_folder
from kuule.core.problems import Problem
from kuule.opening.key_sheet import KeySheet
from kuule.opening.key_sheet_html import render_key_sheet_html
from kuule.opening.key_sheet_pdf import TypesetterUnavailable, render_key_sheet_pdf
from kuule.usecases.input_files import FileError, check_path_is_free


@dataclass(frozen=True, slots=True)
class KeyPaths:
    """Where the files of one key stand, `stem` before each name."""

    folder: Path
    stem: str

    @property
    def public(self) -> Path:
        return self.folder / f"{self.stem}.public-key"

    @property
    def secret(self) -> Path:
        return self.folder / f"{self.stem}.secret-key"

    @property
    def sheets(self) -> Path:
        return self.folder / f"{self.stem}.sheets"

    @property
    def draft(self) -> Path:
        return self.folder / f"{self.stem}.unfinished"

    def check_are_free(self) -> None:
        """Raises FileError CLI_001 (a key or its sheets are there), CLI_008 (a ceremony that did not end)."""
        for path in (self.public, self.secret, self.sheets):
            check_path_is_free(path, "a key")
        if self.draft.exists():
            cause = "a ceremony was broken off here, or another is going on; what it printed opens nothing"
            remedy = "end the other, or delete this folder and destroy what it printed; then begin again"
            raise FileError(Problem("CLI_008", str(self.draft), cause, remedy))


@contextmanager
def unfinished_folder(places: KeyPaths) -> Iterator[Path]:
    """The folder of what is not finished yet (mode 0700). Whatever is still in it at the end is removed."""
    places.folder.mkdir(parents=True, exist_ok=True)
    places.draft.mkdir(mode=0o700)
    try:
        yield places.draft
    finally:
        shred_folder(places.draft)


def write_sheets(folder: Path, sheets: Iterable[KeySheet]) -> bool:
    """Each sheet as HTML and PDF (mode 0600). Returns whether the PDFs could be made."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with_pdf = True
    for sheet in sheets:
        write_private_file(folder / f"{sheet.file}.html", render_key_sheet_html(sheet).encode("utf-8"))
        try:
            write_private_file(folder / f"{sheet.file}.pdf", render_key_sheet_pdf(sheet))
        except TypesetterUnavailable:
            with_pdf = False
    return with_pdf


def move_into_place(places: KeyPaths, public_text: str) -> None:
    """Move what is drafted to where it belongs, the public key last. Where that fails, all of it is removed.

    By renaming and writing only: the stick that this is done on may know neither links nor modes.
    """
    secret = places.draft / places.secret.name
    try:
        if secret.exists():
            secret.rename(places.secret)
        (places.draft / places.sheets.name).rename(places.sheets)
        _write_new(places.public, public_text.encode("utf-8"), 0o644)
    except BaseException:
        shred_folder(places.sheets)
        places.secret.unlink(missing_ok=True)
        places.public.unlink(missing_ok=True)
        raise
    sync_folder(places.folder)


def shred_folder(folder: Path) -> None:
    """Overwrite and delete every file in a folder, and the folder. A disk may keep a copy: key-ceremony.md says so."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            with suppress(OSError):
                overwrite_with_zeros(path)
            path.unlink()
    folder.rmdir()


def write_private_file(path: Path, content: bytes) -> None:
    """A new file that is never readable by others, not even for the moment between making and closing it."""
    _write_new(path, content, 0o600)


def _write_new(path: Path, content: bytes, mode: int) -> None:
    with open(path, "xb", opener=partial(os.open, mode=mode)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
