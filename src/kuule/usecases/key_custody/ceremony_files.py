"""The files of a key ceremony. Nothing looks finished before it is, and nothing secret is left if the ceremony stops.

ID.unfinished/       during the ceremony, readable by its owner only; always removed
ID.sheets/           the sheets, until they are printed and deleted
ID.secret-key        the private key, if it has a passphrase
ID.public-key        written last: without it, the ceremony did not end
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kuule.core.files import overwrite_with_zeros, sync_folder, write_new
from kuule.core.problems import Problem
from kuule.opening.key_sheet import KeySheet
from kuule.opening.key_sheet_html import render_key_sheet_html
from kuule.opening.key_sheet_pdf import TypesetterUnavailable, render_key_sheet_pdf
from kuule.usecases.input_files import FileError, check_path_is_free


@dataclass(frozen=True, slots=True)
class KeyPaths:
    """Where the files of one key are. Their names begin with `stem`."""

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
        """Raise FileError CLI_001 if a key or its sheets are there, and CLI_008 if a ceremony there did not end."""
        for path in (self.public, self.secret, self.sheets):
            check_path_is_free(path, "a key")
        if self.draft.exists():
            cause = "a ceremony was broken off here, or another is going on; what it printed opens nothing"
            remedy = "end the other, or delete this folder and destroy what it printed; then begin again"
            raise FileError(Problem("CLI_008", str(self.draft), cause, remedy))


@contextmanager
def unfinished_folder(places: KeyPaths) -> Iterator[Path]:
    """The folder for unfinished files (mode 0700). Whatever is still in it when the block ends is removed."""
    places.folder.mkdir(parents=True, exist_ok=True)
    places.draft.mkdir(mode=0o700)
    try:
        yield places.draft
    finally:
        shred_folder(places.draft)


def write_sheets(folder: Path, sheets: Iterable[KeySheet]) -> bool:
    """Write each sheet as HTML and PDF (mode 0600). Returns whether the PDFs could be made."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with_pdf = True
    for sheet in sheets:
        write_new(folder / f"{sheet.file}.html", render_key_sheet_html(sheet).encode("utf-8"))
        try:
            write_new(folder / f"{sheet.file}.pdf", render_key_sheet_pdf(sheet))
        except TypesetterUnavailable:
            with_pdf = False
    return with_pdf


def move_into_place(places: KeyPaths, public_text: str) -> None:
    """Move the unfinished files to their places, the public key last. If that fails, all of them are removed.

    This only renames and writes, because the file system of a USB stick may have neither links nor modes.
    """
    secret = places.draft / places.secret.name
    try:
        if secret.exists():
            secret.rename(places.secret)
        (places.draft / places.sheets.name).rename(places.sheets)
        write_new(places.public, public_text.encode("utf-8"), mode=0o644)
    except BaseException:
        shred_folder(places.sheets)
        places.secret.unlink(missing_ok=True)
        places.public.unlink(missing_ok=True)
        raise
    sync_folder(places.folder)


def shred_folder(folder: Path) -> None:
    """Overwrite and delete every file in a folder, then delete the folder. A disk may still keep a copy, as
    key-ceremony.md says."""
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
