"""Whether a dataset is locked: a file in its folder says so. Nothing is removed from a locked dataset."""

from __future__ import annotations

import json
from pathlib import Path

from kuule.core.files import sync_folder, write_atomically
from kuule.core.problems import ArchiveError, Problem

LOCK_FILE = "locked.json"
LOCK_FORMAT = 1


def is_locked(dataset: Path) -> bool:
    """Whether `mark_locked` was called for this dataset."""
    return (dataset / LOCK_FILE).exists()


def check_unlocked(dataset: Path) -> None:
    """Raise ArchiveError DATA_011 if a dataset is locked."""
    if is_locked(dataset):
        cause = "it is locked: nothing can be taken out of it, and nobody can tell whose answers are whose"
        remedy = "open the archives again, into a new folder, if you need a dataset that is not"
        raise ArchiveError(Problem("DATA_011", str(dataset), cause, remedy))


def mark_locked(dataset: Path, version: str) -> None:
    """Mark a dataset as locked, durably or not at all. `version` names the dataset as it was locked."""
    content = json.dumps({"format": LOCK_FORMAT, "dataset": version}) + "\n"
    write_atomically(dataset / LOCK_FILE, content.encode("utf-8"), mode=0o600)
    sync_folder(dataset)
