"""Makes the folder of a dataset, or exchanges it for the next one: whole, and by one process at a time."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import polars as pl

from kuule.core.files import sync_folder
from kuule.core.folders import (
    EXCHANGE_SUFFIX,
    atomic_folder,
    create_unfinished_folder,
    exchange_folders,
    sync_tree,
    unfinished_folders,
)
from kuule.core.locks import BusyError, exclusive_lock
from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.lifecycle.sidecar import Sidecar
from kuule.dataset.schema.dataset_info import INFO_FILE


def path_with_name(dataset: Path) -> Path:
    """The folder under a name of its own. `.`, `..` and a link have none, so that no file could be named after them,
    and `.` is another folder once folders are exchanged."""
    return dataset.resolve() if dataset.name in ("", "..") or dataset.is_symlink() else dataset


@contextmanager
def exclusive_access(to: Path) -> Iterator[None]:
    """While the block runs, no other process changes this dataset or makes a folder with this name. What a killed
    process left beside it is removed first, because it holds answers, perhaps withdrawn ones.

    Raises ArchiveError DATA_016 if another process is at work on it, DATA_018 if nothing can be written there.
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
    """Raise ArchiveError DATA_003 if something is at `to`."""
    if to.exists():
        raise ArchiveError(Problem("DATA_003", str(to), "something stands there already", "give a new folder"))


@contextmanager
def new_folder(to: Path) -> Iterator[Path]:
    """A folder to fill. It gets the name `to` if the block ends well, and is removed otherwise. It is not synced to the
    disk, so use it only for what can be made again.

    Raises ArchiveError DATA_003 if something is there already, and what `exclusive_access` raises.
    """
    check_target_is_free(to)  # first, because `.` and `/` have no name that can be locked
    with exclusive_access(to):
        check_target_is_free(to)
        with atomic_folder(to) as folder:
            yield folder


def _clear_unfinished(to: Path) -> None:
    """Nobody is at work on `to`, so whatever is unfinished beside it is either a new dataset, half made, or the old
    one, half removed. Where the two had to be renamed one after the other (`exchange_folders`), the old one gets its
    name back."""
    for old in unfinished_folders(to, EXCHANGE_SUFFIX):
        old.rename(old.with_name(old.name.removesuffix(EXCHANGE_SUFFIX)) if to.exists() else to)
    for folder in unfinished_folders(to):
        if to.is_dir():
            _clear(folder, to, _files_of(folder))
        else:
            shutil.rmtree(folder)


def _files_of(folder: Path) -> frozenset[str]:
    """The names of the files that a dataset folder calls its own, or all that are there if the dataset is not whole."""
    try:
        return frozenset((INFO_FILE, *json.loads((folder / INFO_FILE).read_bytes())["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset(path.name for path in folder.iterdir())


@contextmanager
def atomic_dataset_folder(to: Path, kinds: Sequence[Sidecar], kept: Iterable[str] = ()) -> Iterator[Path]:
    """A folder to write a dataset into, with the next files of `kinds` beside it. It gets the name `to` if the block
    ends well, and nothing is left of it otherwise. An old folder at `to` is then removed, except for files that are not
    named in `kept` and so are not the dataset's own: they move into the new one.

    Raises ArchiveError DATA_018 if the disk cannot take it.
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
    sync_tree(made)
    sync_folder(to.parent)
    if to.exists():
        exchange_folders(made, to)
    else:
        made.rename(to)
    sync_folder(to.parent)


def _clear(old: Path, to: Path, kept: frozenset[str]) -> None:
    for entry in old.iterdir():
        if entry.name not in kept and not (to / entry.name).exists():
            entry.rename(to / entry.name)
    shutil.rmtree(old)


def _unwritten(to: Path, error: Exception) -> ArchiveError:
    message = os.strerror(error.errno).lower() if isinstance(error, OSError) and error.errno else str(error).lower()
    remedy = "make room, or give a folder where you may write; nothing half was left"
    return ArchiveError(Problem("DATA_018", str(to), f"it cannot be written ({message})", remedy))
