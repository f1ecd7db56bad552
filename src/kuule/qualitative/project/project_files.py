"""Making a project file, and opening one: for one process at a time, with a passphrase."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from kuule.core.locks import BusyError, exclusive_lock
from kuule.opening.protected_key import Argon2Parameters, Passphrase
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.passphrase_slot import PROJECT_ARGON2, PROJECT_ID_LENGTH, PassphraseSlot, make_slot
from kuule.qualitative.project.project_storage import StoredHeader, create_storage, open_storage
from kuule.qualitative.project.row_sealing import new_key
from kuule.qualitative.project.sealed_rows import SealedRows, sealed_head
from kuule.qualitative.project_model.project_problems import project_error


@contextmanager
def new_project(
    path: Path, passphrase: Passphrase, *, cost: Argon2Parameters = PROJECT_ARGON2
) -> Iterator[OpenProject]:
    """Make the file of an empty project and open it. If the block fails, no file is left.

    Raises ProjectError PROJECT_002 (something has this name), PROJECT_008, PROJECT_009; KeyMaterialError KEY_042.
    """
    key, project = new_key(), secrets.token_bytes(PROJECT_ID_LENGTH)
    with _held(path):
        slot = make_slot(key, passphrase, project, cost=cost)
        create_storage(path, StoredHeader(project, slot.to_bytes(), sealed_head(key, project)))
        try:
            with closing(open_storage(path)) as storage:
                yield OpenProject(SealedRows(storage, key))
        except BaseException:
            path.unlink(missing_ok=True)
            raise


@contextmanager
def opened_project(path: Path, passphrase: Passphrase) -> Iterator[OpenProject]:
    """A project, open while the block runs.

    Raises ProjectError PROJECT_001 (none is there), PROJECT_003 (something else, or damaged), PROJECT_004 (of a newer
    version), PROJECT_005 (the passphrase), PROJECT_006 and PROJECT_007 (altered), PROJECT_008 (open elsewhere);
    KeyMaterialError KEY_042.
    """
    with ExitStack() as stack:
        if path.is_file():
            stack.enter_context(_held(path))
        storage = stack.enter_context(closing(open_storage(path)))
        try:
            slot = PassphraseSlot.from_bytes(storage.header.slot)
        except ValueError as error:
            cause = f"it is no project of Kuule, or it is damaged ({error})"
            raise project_error("PROJECT_003", str(path), cause, "take another copy of the file") from None
        key = slot.open(passphrase, storage.header.project, str(path))
        yield OpenProject(SealedRows(storage, key))


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """In the block, nobody else has the file open. It is held where it is, and not where a link to it is."""
    path = path.resolve()
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive_lock(path.with_name(f".{path.name}.held")))
        except BusyError:
            cause = "it is open in another window or by another command"
            raise project_error("PROJECT_008", str(path), cause, "close that one first") from None
        except OSError as error:
            remedy = "name a folder where you may write"
            raise project_error("PROJECT_009", str(path), f"it cannot be written ({error})", remedy) from error
        yield
