"""A whole Kuule on a free port of this machine: practice key, edition of our-voice, a collector that runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kuule.opening.archive_rows import OpenedRecord
from kuule.sealing.archive import ArchiveReader
from kuule.study.edition.study_edition import Edition
from kuule.usecases.analysing.open_archives import open_archive_file
from kuule.usecases.collecting.archive_answers import archive_answers
from kuule.usecases.demo.server_process import running_collector
from kuule.usecases.key_custody.key_files import read_private_key
from tests.factories import open_rows
from tests.frozen import OUR_VOICE
from tests.kept import frozen
from tests.ports import free_port
from tests.study.small_study import rehearsal_key, write_pair

ROOT = Path(__file__).resolve().parents[2]
STUDY = OUR_VOICE


@dataclass(frozen=True, slots=True)
class House:
    """Where the parts are. Everything that is written stands below `folder`."""

    folder: Path
    edition: Edition
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'collector.sqlite3'}"

    def archive(self, name: str = "answers.archive") -> Path:
        """Archive what was sent so far."""
        with ThreadPoolExecutor(1) as alone:  # a browser's driver may have an event loop in this one
            edition, out = self.folder / "edition", self.folder / name
            alone.submit(archive_answers, edition, self.database, out, replace=True).result()
        return self.folder / name

    def dataset(self, archive: Path, name: str = "dataset") -> Path:
        """Open an archive into a dataset."""
        keys = [read_private_key(self.folder / "keys" / "test.rehearsal.secret-key")]
        open_archive_file(archive, keys, self.folder / name)
        return self.folder / name

    def records(self, archive: Path) -> list[dict[str, Any]]:
        """What was sealed, as it was sealed; fails where an envelope cannot be opened."""
        key = read_private_key(self.folder / "keys" / "test.rehearsal.secret-key")
        opened = list(open_rows(ArchiveReader(archive), [key]))
        assert all(isinstance(one, OpenedRecord) for one in opened), opened
        return [json.loads(one.record) for one in opened if isinstance(one, OpenedRecord)]


def build(folder: Path, study: Path = STUDY) -> House:
    """Key and edition; nothing runs yet."""
    write_pair(folder / "keys")
    edition = frozen(study, rehearsal_key().public, folder / "edition")
    return House(folder, edition, free_port())


@contextmanager
def open_house(house: House, options: Sequence[str] = ()) -> Iterator[House]:
    """Run the collector of a house while the block runs."""
    arguments = [str(house.folder / "edition"), "--database", house.database, "--port", str(house.port)]
    with running_collector(
        [*arguments, "--rehearsal", "--drafts", *options], house.port, house.folder / "collector.txt"
    ):
        yield house
