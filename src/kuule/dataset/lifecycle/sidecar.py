"""What stands beside a dataset until it is locked, and how a dataset is put in its place whole, files beside it too.

A file beside names the version of the dataset that it belongs to. The next one is written as `.NAME.next` before the
dataset is put in its place, and takes its own name after that: so at every moment the dataset that is there has its
files, and whoever reads one takes the next where that is the one that belongs to it.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kuule.core.files import (
    BusyError,
    atomic_folder,
    create_private_file,
    create_unfinished_folder,
    exclusive_lock,
    overwrite_with_zeros,
    sync_file,
    sync_folder,
    unfinished_folders,
)
from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.schema.dataset_info import INFO_FILE

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Linux, <linux/fs.h>."""
_BEFORE = ".before"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A kind of file beside a dataset: its ending, its columns, and what is said where it is not there."""

    ending: str
    schema: Mapping[str, pl.DataType]
    error_code: str
    description: str

    def path(self, dataset: Path) -> Path:
        """Beside the dataset, so that a copy of the folder does not take it along."""
        return dataset.with_name(f"{dataset.name}.{self.ending}")

    def next_path(self, dataset: Path) -> Path:
        return dataset.with_name(f".{dataset.name}.{self.ending}.next")

    def write_next(self, dataset: Path, frame: pl.DataFrame, version: str, **said: str) -> None:
        """Durably, mode 0600; `promote_next` gives it its name."""
        path = self.next_path(dataset)
        path.unlink(missing_ok=True)
        with create_private_file(path) as file:
            frame.write_parquet(file, metadata={"dataset": version, **said})
            file.flush()
            os.fsync(file.fileno())

    def promote_next(self, dataset: Path) -> None:
        """The next file takes the place of the one before."""
        with suppress(FileNotFoundError):
            self.next_path(dataset).replace(self.path(dataset))

    def recover(self, dataset: Path, version: str) -> None:
        """Of a dataset of this version, which nobody else changes now: end what was stopped before `promote_next`, and
        remove what was written for a dataset that never came."""
        path = self.next_path(dataset)
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
        """The file of a dataset of this version, and what it says. Raises ArchiveError with `error_code`: there is
        none, it is damaged, or it is of another dataset."""
        cause = f"there is no {self.description}"
        for path in (self.path(dataset), self.next_path(dataset)):
            if not path.is_file():
                continue
            try:
                said = pl.read_parquet_metadata(path)
                frame = pl.read_parquet(path, schema=dict(self.schema))
            except (OSError, ValueError, pl.exceptions.PolarsError):
                cause = f"the {self.description} is damaged"
                continue
            if said.get("dataset") == version:
                return frame, said
            cause = f"the {self.description} is of another dataset"
        raise self.unusable_error(dataset, cause)

    def unusable_error(self, dataset: Path, cause: str) -> ArchiveError:
        return ArchiveError(
            Problem(self.error_code, str(self.path(dataset)), cause, "open the archives again, into a new folder")
        )

    def destroy(self, dataset: Path) -> bool:
        """Write zeros over it and delete it; True where there was one.

        What a file system or a disk keeps of it elsewhere (copies, snapshots, worn blocks) this cannot reach.
        """
        found = [path for path in (self.path(dataset), self.next_path(dataset)) if path.exists()]
        for path in found:
            overwrite_with_zeros(path)
            path.unlink()
        if found:
            sync_folder(dataset.parent)
        return bool(found)


def path_with_name(dataset: Path) -> Path:
    """The folder under the name that it has: `.`, `..` and a link have none that another could be put beside, and
    where we stand is another folder once it changed names."""
    return dataset.resolve() if dataset.name in ("", "..") or dataset.is_symlink() else dataset


@contextmanager
def exclusive_access(to: Path) -> Iterator[None]:
    """Nobody else changes this dataset, or makes a folder of this name, while the block runs. What one that was killed
    had left beside it goes first: it has answers in it, perhaps such as were taken back.

    Raises ArchiveError DATA_016 where somebody does, DATA_018 where nothing can be written there.
    """
    with ExitStack() as stack:
        try:
            to.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(exclusive_lock(to.with_name(f".{to.name}.held")))
            _clear_unfinished(to)
        except BusyError:
            cause = "another command is making it, or changing it, right now"
            raise ArchiveError(Problem("DATA_016", str(to), cause, "wait until that one is done")) from None
        except OSError as error:
            raise _unwritten(to, error) from error
        yield


def check_target_is_free(to: Path) -> None:
    """Raise ArchiveError DATA_003 where something stands at `to`."""
    if to.exists():
        raise ArchiveError(Problem("DATA_003", str(to), "something stands there already", "give a new folder"))


@contextmanager
def new_folder(to: Path) -> Iterator[Path]:
    """A folder to fill, which has the name `to` when the block ends, and is gone where it does not end well. For what
    can be made again (`atomic_folder`).

    Raises ArchiveError DATA_003 where something stands there already, and as `exclusive_access` does.
    """
    check_target_is_free(to)  # first: `.` and `/` have no name to hold
    with exclusive_access(to):
        check_target_is_free(to)
        with atomic_folder(to) as folder:
            yield folder


def _clear_unfinished(to: Path) -> None:
    """Nobody is at `to`: what is left unfinished beside it is a new dataset, half made, or the old one, half cleared.
    Where both had to change names one after the other (`_exchange`), the old one comes back."""
    for old in unfinished_folders(to, _BEFORE):
        old.rename(old.with_name(old.name.removesuffix(_BEFORE)) if to.exists() else to)
    for folder in unfinished_folders(to):
        if to.is_dir():
            _clear(folder, to, _files_of(folder))
        else:
            shutil.rmtree(folder)


def _files_of(folder: Path) -> frozenset[str]:
    """The names of the files that a dataset folder says are its own; all that are there where it is not whole."""
    try:
        return frozenset((INFO_FILE, *json.loads((folder / INFO_FILE).read_bytes())["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset(path.name for path in folder.iterdir())


@contextmanager
def atomic_dataset_folder(to: Path, kinds: Sequence[Sidecar], kept: Iterable[str] = ()) -> Iterator[Path]:
    """A folder to write a dataset into, and the next files beside it. It takes the name `to` when the block ends well,
    and nothing is left of it otherwise. A folder that stands at `to` goes then; what is in it beside the files that
    are `kept` by name moves along.

    Raises ArchiveError DATA_018 where the disk does not take it.
    """
    folder: Path | None = None
    try:
        folder = create_unfinished_folder(to)
        itself = folder.stat()
        yield folder
        folder.chmod(0o700)
        _put_in_place(folder, to)
    except BaseException as error:
        if folder is not None and not (to.exists() and os.path.samestat(to.stat(), itself)):
            shutil.rmtree(folder, ignore_errors=True)
            for kind in kinds:
                kind.next_path(to).unlink(missing_ok=True)
        if isinstance(error, OSError | pl.exceptions.PolarsError):
            raise _unwritten(to, error) from error
        raise
    for kind in kinds:
        kind.promote_next(to)
    sync_folder(to.parent)
    if folder.exists():
        _clear(folder, to, frozenset(kept))


def _put_in_place(made: Path, to: Path) -> None:
    for path in made.iterdir():
        sync_file(path)
    for path in (made, to.parent):
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
    between = one.with_name(f"{one.name}{_BEFORE}")
    other.rename(between)
    one.rename(other)
    between.rename(one)
