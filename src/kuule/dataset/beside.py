"""What stands beside a dataset until it is locked, and how a dataset is put in its place whole, files beside it too.

A file beside names the version of the dataset that it belongs to. The next one is written as `.NAME.next` before the
dataset is put in its place, and takes its own name after that: so at every moment the dataset that is there has its
files, and whoever reads one takes the next where that is the one that belongs to it.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kuule.durable import overwrite, sync_folder
from kuule.errors import ArchiveError, Problem

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Linux, <linux/fs.h>."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A kind of file beside a dataset: its ending, its columns, and what is said where it is not there."""

    ending: str
    schema: Mapping[str, pl.DataType]
    code: str
    what: str

    def path(self, dataset: Path) -> Path:
        """Beside the dataset, so that a copy of the folder does not take it along."""
        return dataset.with_name(f"{dataset.name}.{self.ending}")

    def next(self, dataset: Path) -> Path:
        return dataset.with_name(f".{dataset.name}.{self.ending}.next")

    def write_next(self, dataset: Path, frame: pl.DataFrame, version: str, **said: str) -> None:
        """Durably, mode 0600; `settle` gives it its name."""
        path = self.next(dataset)
        path.unlink(missing_ok=True)
        with open(path, "xb", opener=_private) as file:
            frame.write_parquet(file, metadata={"dataset": version, **said})
            file.flush()
            os.fsync(file.fileno())

    def settle(self, dataset: Path) -> None:
        """The next file takes the place of the one before."""
        with suppress(FileNotFoundError):
            self.next(dataset).replace(self.path(dataset))

    def recover(self, dataset: Path, version: str) -> None:
        """Of a dataset of this version, which nobody else changes now: end what was stopped before `settle`, and remove
        what was written for a dataset that never came."""
        path = self.next(dataset)
        with suppress(FileNotFoundError):
            if self._version(path) == version:
                path.replace(self.path(dataset))
            else:
                path.unlink()

    @staticmethod
    def _version(path: Path) -> str | None:
        try:
            return pl.read_parquet_metadata(path).get("dataset")
        except (ValueError, pl.exceptions.PolarsError):
            return None

    def read(self, dataset: Path, version: str) -> tuple[pl.DataFrame, Mapping[str, str]]:
        """The file of a dataset of this version, and what it says. Raises ArchiveError with `code`: there is none, it
        is damaged, or it is of another dataset."""
        cause = f"there is no {self.what}"
        for path in (self.path(dataset), self.next(dataset)):
            if not path.is_file():
                continue
            try:
                said = pl.read_parquet_metadata(path)
                frame = pl.read_parquet(path, schema=dict(self.schema))
            except (OSError, ValueError, pl.exceptions.PolarsError):
                cause = f"the {self.what} is damaged"
                continue
            if said.get("dataset") == version:
                return frame, said
            cause = f"the {self.what} is of another dataset"
        raise self.unfit(dataset, cause)

    def unfit(self, dataset: Path, cause: str) -> ArchiveError:
        return ArchiveError(
            Problem(self.code, str(self.path(dataset)), cause, "open the archives again, into a new folder")
        )

    def destroy(self, dataset: Path) -> bool:
        """Write zeros over it and delete it; True where there was one.

        What a file system or a disk keeps of it elsewhere (copies, snapshots, worn blocks) this cannot reach.
        """
        found = [path for path in (self.path(dataset), self.next(dataset)) if path.exists()]
        for path in found:
            overwrite(path)
            path.unlink()
        if found:
            sync_folder(dataset.parent)
        return bool(found)


@contextmanager
def held(dataset: Path) -> Iterator[None]:
    """Nobody else changes this dataset, or opens into this folder, while the block runs.

    Raises ArchiveError DATA_016 where somebody does, DATA_018 where nothing can be written there.
    """
    path = dataset.with_name(f".{dataset.name}.held")
    try:
        dataset.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _unwritten(dataset, error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not path.exists() or not os.path.samestat(path.stat(), os.fstat(handle)):
            raise BlockingIOError
    except BlockingIOError:
        os.close(handle)
        cause = "another command is opening into it, or changing it, right now"
        raise ArchiveError(Problem("DATA_016", str(dataset), cause, "wait until that one is done")) from None
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


@contextmanager
def made_whole(to: Path, kinds: Sequence[Beside], kept: Iterable[str] = ()) -> Iterator[Path]:
    """A folder to write a dataset into, and the next files beside it. It takes the name `to` when the block ends well,
    and nothing is left of it otherwise. A folder that stands at `to` goes then; what is in it beside the files that
    are `kept` by name moves along.

    Raises ArchiveError DATA_018 where the disk does not take it.
    """
    folder: Path | None = None
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{to.name}.", dir=to.parent))
        itself = folder.stat()
        yield folder
        folder.chmod(0o700)
        _put_in_place(folder, to)
    except BaseException as error:
        if folder is not None and not (to.exists() and os.path.samestat(to.stat(), itself)):
            shutil.rmtree(folder, ignore_errors=True)
            for kind in kinds:
                kind.next(to).unlink(missing_ok=True)
        if isinstance(error, OSError | pl.exceptions.PolarsError):
            raise _unwritten(to, error) from error
        raise
    for kind in kinds:
        kind.settle(to)
    sync_folder(to.parent)
    if folder.exists():
        _clear(folder, to, frozenset(kept))


def _put_in_place(made: Path, to: Path) -> None:
    for path in (*made.iterdir(), made, to.parent):
        sync_folder(path)
    if to.exists():
        _exchange(made, to)
    else:
        made.rename(to)
    sync_folder(to.parent)


def _clear(old: Path, to: Path, kept: frozenset[str]) -> None:
    for entry in old.iterdir():
        if entry.name not in kept and not (to / entry.name).exists():
            entry.rename(to / entry.name)
    shutil.rmtree(old)


def _unwritten(to: Path, error: Exception) -> ArchiveError:
    said = os.strerror(error.errno).lower() if isinstance(error, OSError) and error.errno else str(error).lower()
    remedy = "make room, or give a folder where you may write; nothing half was left"
    return ArchiveError(Problem("DATA_018", str(to), f"it cannot be written ({said})", remedy))


def _exchange(one: Path, other: Path) -> None:
    """Both folders change names in one step, where the system can do that (Linux); else in two, and a name between."""
    if sys.platform.startswith("linux"):
        library = ctypes.CDLL(None, use_errno=True)
        names = os.fsencode(one), os.fsencode(other)
        if library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
            return
        if ctypes.get_errno() not in (errno.EINVAL, errno.ENOSYS):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
    between = one.with_name(f"{one.name}.before")
    other.rename(between)
    one.rename(other)
    between.rename(one)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
