"""The files that are kept next to a dataset until it is locked.

Each names the version of the dataset that it belongs to. A new one is written as `.NAME.next` before the new dataset
takes its place, and gets its own name after that. So a dataset always has its files: a reader takes the next file if
that is the one that belongs to the dataset.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import polars as pl

from kuule.core.files import create_private_file, overwrite_with_zeros, sync_folder, sync_stream
from kuule.core.problems import ArchiveError, Problem

_DIGEST = "sha256"
"""The key under which the metadata have the hash of the rest. A file of an earlier version has none."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A kind of file beside a dataset: its ending, its columns, and what is said if it is missing."""

    ending: str
    schema: Mapping[str, pl.DataType]
    error_code: str
    description: str

    def path(self, dataset: Path) -> Path:
        """The path of the file, beside the dataset, so that a copy of the folder does not include it."""
        return dataset.with_name(f"{dataset.name}.{self.ending}")

    def next_path(self, dataset: Path) -> Path:
        return dataset.with_name(f".{dataset.name}.{self.ending}.next")

    def write_next(self, dataset: Path, frame: pl.DataFrame, version: str, **said: str) -> None:
        """Write the next file durably, with mode 0600. `promote_next` gives it its name."""
        path = self.next_path(dataset)
        path.unlink(missing_ok=True)
        with create_private_file(path) as file:
            told = {"dataset": version, **said}
            frame.write_parquet(file, metadata={**told, _DIGEST: _digest(frame, told)})
            sync_stream(file)

    def promote_next(self, dataset: Path) -> None:
        """Put the next file in place of the one before."""
        with suppress(FileNotFoundError):
            self.next_path(dataset).replace(self.path(dataset))

    def recover(self, dataset: Path, version: str) -> None:
        """Clean up after a killed process, for a dataset of this version that nobody else is changing. The next file
        gets its name if it belongs to this dataset, and is removed if its dataset never took its place."""
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
        """The file of a dataset of this version, and its metadata. Raises ArchiveError with `error_code` if it is
        missing, damaged, or of another dataset."""
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
            if said.get("dataset") != version:
                cause = f"the {self.description} is of another dataset"
            elif said.get(_DIGEST) not in {None, _digest(frame, said)}:
                cause = f"the {self.description} is damaged"
            else:
                return frame, said
        raise self.unusable_error(dataset, cause)

    def unusable_error(self, dataset: Path, cause: str) -> ArchiveError:
        return ArchiveError(
            Problem(self.error_code, str(self.path(dataset)), cause, "open the archives again, into a new folder")
        )

    def destroy(self, dataset: Path) -> bool:
        """Overwrite the file with zeros and delete it. Returns whether there was one.

        Copies that a file system or a disk keeps elsewhere (snapshots, worn blocks) are out of reach.
        """
        found = [path for path in (self.path(dataset), self.next_path(dataset)) if path.exists()]
        for path in found:
            overwrite_with_zeros(path)
            path.unlink()
        if found:
            sync_folder(dataset.parent)
        return bool(found)


def _digest(frame: pl.DataFrame, said: Mapping[str, str]) -> str:
    """The hash of what such a file holds. Parquet itself has none: a bit that changed on a disk makes another id of
    one, and a response that was withdrawn would not be found."""
    told = {name: said[name] for name in sorted(said) if name != _DIGEST and not name.startswith("ARROW:")}
    return sha256((json.dumps(told) + "\n" + frame.write_csv()).encode()).hexdigest()
