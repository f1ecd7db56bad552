"""The files that stand beside a dataset until it is locked.

Each names the version of the dataset that it belongs to. The next one is written as `.NAME.next` before the new dataset
is put in its place, and gets its own name after that. So the dataset that is there always has its files: a reader takes
the next file where that is the one that belongs to the dataset.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kuule.core.files import create_private_file, overwrite_with_zeros, sync_folder, sync_stream
from kuule.core.problems import ArchiveError, Problem


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
            sync_stream(file)

    def promote_next(self, dataset: Path) -> None:
        """The next file takes the place of the one before."""
        with suppress(FileNotFoundError):
            self.next_path(dataset).replace(self.path(dataset))

    def recover(self, dataset: Path, version: str) -> None:
        """Clean up after a killed process, for a dataset of this version that nobody else changes now: the next file
        gets its name where it belongs to this dataset, and is removed where its dataset never came."""
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
