"""Starts a collector to measure: an edition with a practice key, served in the same way as to the public, on a free
port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port

from kuule.opening.private_key import PrivateKey
from kuule.study.freeze import freeze
from kuule.usecases.demo.server_process import running_collector

WORKERS = 2


def written(folder: Path, form: str, settings: str) -> Path:
    """Write a study folder with this form."""
    folder.mkdir()
    for name, text in (("form.md", form), ("study.toml", settings), ("report.md", "# {{ title }}\n")):
        (folder / name).write_text(text, "utf-8")
    return folder


@contextmanager
def served(study: Path, folder: Path, workers: int = WORKERS, database: str = "") -> Iterator[int]:
    """Serve the study while the block runs, and give the port. The edition and, unless another is given, the database
    are in `folder`."""
    key = PrivateKey.generate(bytes(range(32)), rehearsal=True)
    freeze(study, key.public, folder / "edition", drafts=True)
    with edition_served(folder, workers, database) as port:
        yield port


@contextmanager
def edition_served(folder: Path, workers: int = WORKERS, database: str = "") -> Iterator[int]:
    """The same for the edition that stands in `folder` already."""
    port = free_port()
    database = database or f"sqlite:///{folder / 'kept.sqlite3'}"
    options = [str(folder / "edition"), "--port", str(port), "--database", database, "--workers", str(workers)]
    with running_collector([*options, "--rehearsal", "--drafts"], port, folder / "talk.txt"):
        yield port
