"""Putting the files of a plan in place. Each is whole or not there, and a run that was killed at any step can be run
again: what it did is found done, and what it did not is done then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kuule.core.files import sync_folder, write_atomically, write_new
from kuule.core.problems import KuuleError, Problem
from kuule.deployment.file_record import FileRecord, hash_of, write_record
from kuule.deployment.planned_changes import FileChangeKind, PlannedChange, place_of

_READABLE, _FOLDER = 0o644, 0o755


def write_changes(changes: Sequence[PlannedChange], record: FileRecord, study: str, root: Path) -> FileRecord:
    """Write, keep and remove what a plan says. Returns the record, in which the run is still unfinished.

    Raises KuuleError DEPLOY_006 where the disk or the system refuses.
    """
    try:
        under_way = FileRecord(study, _hashes(changes, record, both=True), unfinished=True)
        write_record(root, under_way)
        for change in changes:
            _write(change, root)
        return FileRecord(study, _hashes(changes, record, both=False), unfinished=True)
    except OSError as error:
        where = error.filename or root
        cause = f"it could not be written ({error.strerror})"
        remedy = "run the command with sudo, and see that there is room; then run it again"
        raise KuuleError(Problem("DEPLOY_006", str(where), cause, remedy)) from None


def _hashes(changes: Sequence[PlannedChange], record: FileRecord, *, both: bool) -> dict[str, tuple[str, ...]]:
    """The hash of what is written to each path, with those of before while the run is under way."""
    files = {}
    for change in changes:
        path = change.file.path
        before = record.files.get(path, ())
        if change.kind in (FileChangeKind.REMOVED, FileChangeKind.LEFT_BEHIND):
            kept = before if both or change.kind is FileChangeKind.LEFT_BEHIND else ()
        else:
            kept = (*dict.fromkeys((hash_of(change.file.text.encode()), *(before if both else ()))),)
        if kept:
            files[path] = kept
    return files


def _write(change: PlannedChange, root: Path) -> None:
    if not change.is_written:
        return
    place = place_of(change.file.path, root)
    if change.kind is FileChangeKind.REMOVED:
        place.unlink(missing_ok=True)
        sync_folder(place.parent)
        return
    make_folder(place.parent)
    if change.kept_as and change.before is not None:
        _keep(place_of(change.kept_as, root), change.before)
    if change.file.is_link:
        draft = place.with_name(f".{place.name}.new")
        draft.unlink(missing_ok=True)
        draft.symlink_to(change.file.text)
        draft.replace(place)
    else:
        write_atomically(place, change.file.text.encode(), mode=_READABLE)
    sync_folder(place.parent)


def _keep(place: Path, content: bytes) -> None:
    """Keep the old one, whole; one that an earlier run left half written is written anew."""
    if place.exists():
        return
    draft = place.with_name(f".{place.name}.new")
    draft.unlink(missing_ok=True)
    write_new(draft, content)
    draft.rename(place)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, readable by all whatever the umask is. What is there stays as it is."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir()
    folder.chmod(_FOLDER)
