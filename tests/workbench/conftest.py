"""A small study with two partners' links, what its collector keeps, and a workbench that runs over both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kuule.sealing.envelope import SealedResponse, seal
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.rows.counters import HELP_OPENED, CounterKind, PartnerCounter, add_steps
from kuule.store.rows.responses import save_response
from kuule.study.edition.study_edition import Edition, read_edition
from tests.study.small_study import SETTINGS, make_edition
from tests.workbench.workbench_for_tests import Workbench, running_workbench

LINKS = '\n[links.partners]\nk7 = "ChildX"\nm3 = "A radio station"\n'
MARK = "a text that nobody on a server may read"


@dataclass(frozen=True)
class Collected:
    """A study folder, an edition of it, and the collector's database with three sealed rows and some counts."""

    study: Path
    edition_folder: Path
    edition: Edition
    database: str
    rows: tuple[SealedResponse, ...]


def collect(folder: Path, database: str = "") -> Collected:
    """Make all of it in a folder; the database too, unless another one is given."""
    folder.mkdir(exist_ok=True)
    make_edition(folder, settings=SETTINGS + LINKS)
    edition_folder = folder / "edition"
    edition = read_edition(edition_folder)
    study = next(path.parent for path in folder.rglob("study.toml"))
    database = database or f"sqlite:///{folder / 'collector.sqlite3'}"
    configure(database)
    prepare_store(new=True)
    rows = tuple(_sealed(edition, row_id) for row_id in (11, 2222, 333333))
    for row in rows:
        save_response(row)
    add_steps(
        {
            PartnerCounter(CounterKind.LANGUAGE, "sv"): 34,
            PartnerCounter(CounterKind.LANGUAGE, "en"): 121,
            PartnerCounter(CounterKind.LINK, "k7"): 12,
            HELP_OPENED: 151,
        }
    )
    close_connections()
    return Collected(study, edition_folder, edition, database, rows)


def _sealed(edition: Edition, row_id: int) -> SealedResponse:
    return seal(
        f'{{"answers":{{"wish":"{MARK} {row_id}"}}}}'.encode(),
        key=edition.key,
        study_id=edition.study.id,
        edition_id=edition.id,
        row_id=row_id,
        size=edition.envelope_size,
    )


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    return collect(tmp_path_factory.mktemp("collected"))


@pytest.fixture(scope="session")
def site(collected: Collected, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("workbench")
    study = folder / "study"
    shutil.copytree(collected.study, study)
    arguments = ["--database", collected.database, "--edition", str(collected.edition_folder)]
    with running_workbench(study, folder / "data", *arguments, "--survey", "https://survey.example.org") as running:
        yield running
