"""A workbench whose study two partners spread: ChildX in English, reviewed, and in Swedish and Arabic, as drafts."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.kit.spread_study import SUPPORT, spread_study, write_partner
from tests.loaded.loaded_process import run_loaded
from tests.restored import restored
from tests.workbench.workbench_for_tests import Visitor, Workbench, running_workbench

_STORE = """
import sys
from kuule.store.database import close_connections, configure, prepare_store
configure(sys.argv[1])
prepare_store(new=True)
close_connections()
"""


@dataclass(frozen=True)
class KitDesk:
    """`viewer`, `translator` and `reviewer` are of ChildX, `other` of Second, `stranger` of no partner. `downloads` is
    the folder of what is laid ready."""

    site: Workbench
    downloads: Path
    viewer: Visitor
    translator: Visitor
    other: Visitor
    stranger: Visitor


@pytest.fixture(scope="session")
def whole_kit_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KitDesk]:
    place = tmp_path_factory.mktemp("kit-desk")
    support = SUPPORT.replace("2026-11-01", datetime.now(UTC).date().isoformat())
    study = spread_study(place / "study", support=support, languages='["en", "sv", "ar"]')
    write_partner(study, "second", name='"Second"', links='["b2"]', languages='["en"]')
    database = f"sqlite:///{place / 'collector.sqlite3'}"
    run_loaded([sys.executable, "-c", _STORE, database], check=True)
    downloads = place / "downloads"
    options = ("--downloads", str(downloads), "--database", database)
    with running_workbench(study, place / "data", *options) as site:
        viewer, translator = site.member("viewer", ["sv", "ar"], "ChildX"), site.member("translator", ["sv"], "ChildX")
        other, stranger = site.member("viewer", ["sv"], "Second"), site.member("viewer", ["sv"], "Somebody else")
        yield KitDesk(site, downloads, viewer, translator, other, stranger)


@pytest.fixture
def kit_desk(whole_kit_desk: KitDesk) -> Iterator[KitDesk]:
    """Nothing was taken, nothing is laid ready, and the study is as it was, whatever a test does."""
    study = whole_kit_desk.site.study
    for folder in (whole_kit_desk.downloads, whole_kit_desk.site.data / "kits"):
        shutil.rmtree(folder, ignore_errors=True)
    with restored(study / "kit.toml", study / "support.csv", study / "study.toml"):
        yield whole_kit_desk
