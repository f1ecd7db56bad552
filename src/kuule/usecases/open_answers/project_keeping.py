"""Making a project, taking in the next version of its dataset, merging a copy, changing the passphrase."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kuule.core.files import create_private_file
from kuule.opening.protected_key import Argon2Parameters, Passphrase
from kuule.qualitative.act_log.act_making import check_role
from kuule.qualitative.project.dataset_intake import IntakeResult, take_dataset
from kuule.qualitative.project.passphrase_slot import PROJECT_ARGON2
from kuule.qualitative.project.project_files import new_project, opened_project
from kuule.qualitative.project.project_merge import CopyMerge, merge_copy
from kuule.qualitative.project_model.project_problems import project_error
from kuule.usecases.open_answers.project_session import ProjectSession, protect_memory
from kuule.usecases.progress import SILENT, ProgressListener

SHORTEST_PASSPHRASE = 20
"""Characters. Eight words of the list that Kuule makes passphrases of have 80 bits; twenty characters that somebody
chose have fewer, but more than a word has."""


def check_passphrase(passphrase: Passphrase) -> None:
    """Raise ProjectError PROJECT_017 if a new passphrase is too easily guessed to keep answers."""
    if len(passphrase.text) < SHORTEST_PASSPHRASE or len(set(passphrase.text)) < SHORTEST_PASSPHRASE // 3:
        cause = f"it has fewer than {SHORTEST_PASSPHRASE} characters, or hardly any that differ"
        remedy = "take several words that do not belong together, or leave it empty: Kuule then makes one"
        raise project_error("PROJECT_017", "the passphrase", cause, remedy)


def make_project(
    dataset: Path,
    to: Path,
    passphrase: Passphrase,
    *,
    role: str,
    day: date,
    cost: Argon2Parameters = PROJECT_ARGON2,
    progress: ProgressListener = SILENT,
) -> IntakeResult:
    """Make a project of the open answers of a dataset, whole or not at all.

    Raises ProjectError PROJECT_002, PROJECT_008, PROJECT_009, PROJECT_011, PROJECT_017, PROJECT_020; KeyMaterialError
    KEY_042; ArchiveError as `read_dataset` does.
    """
    check_role(role)
    check_passphrase(passphrase)
    protect_memory(progress)
    with new_project(to, passphrase, cost=cost) as project:
        return take_dataset(project, dataset, role=role, day=day)


def take_newer_dataset(session: ProjectSession, dataset: Path) -> IntakeResult:
    """Take in the version of the dataset that is there now. Raises what `take_dataset` raises."""
    return take_dataset(session.project, dataset, role=session.role, day=session.day)


def merge_project_copy(session: ProjectSession, other: Path, passphrase: Passphrase) -> CopyMerge:
    """Take all that another copy of the project has into this one. The other file stays as it is.

    Raises ProjectError PROJECT_014 (another project), PROJECT_015 (it is the same file), and what `opened_project`
    raises.
    """
    if other.exists() and other.samefile(session.project.path):
        cause = "it is the file that it would be merged into"
        raise project_error("PROJECT_015", str(other), cause, "give the copy that somebody else worked on")
    with opened_project(other, passphrase) as copy:
        merged = merge_copy(session.project, copy)
    session.forget_index()
    return merged


def typed_passphrase(typed: str) -> Passphrase:
    """A passphrase as somebody typed it into a form."""
    return Passphrase(typed)


def merge_uploaded_copy(session: ProjectSession, content: bytes, passphrase: Passphrase) -> CopyMerge:
    """Merge a copy that came as bytes. While it is read they are in a folder for nobody else, as sealed as they came.
    Raises what `merge_project_copy` raises."""
    with TemporaryDirectory(prefix="kuule-copy-") as folder:
        copy = Path(folder) / "copy.project"
        with create_private_file(copy) as file:
            file.write(content)
        return merge_project_copy(session, copy, passphrase)


def change_project_passphrase(
    session: ProjectSession, passphrase: Passphrase, *, cost: Argon2Parameters = PROJECT_ARGON2
) -> None:
    """From now on this file opens with another passphrase. Copies of it keep theirs, and whoever knew the old one and
    has such a copy still reads that.

    Raises ProjectError PROJECT_009, PROJECT_017; KeyMaterialError KEY_042.
    """
    check_passphrase(passphrase)
    session.project.change_passphrase(passphrase, cost=cost)
