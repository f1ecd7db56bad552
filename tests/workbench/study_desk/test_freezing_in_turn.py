"""What is frozen is what was looked at, also when the study changes while others have their turn or during freezing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kuule.sealing.keys import PublicKey
from kuule.usecases.study_errands.study_errand import run_study_errand
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.study_desk import desk_editions
from kuule.workbench.study_desk.study_stamp import study_digest
from tests.study.small_study import make_study


@pytest.fixture
def site(tmp_path: Path) -> WorkbenchSite:
    (tmp_path / "data").mkdir()
    found = SimpleNamespace(
        data=tmp_path / "data", study_folder=make_study(tmp_path / "study"), clock=lambda: datetime.now(UTC)
    )
    return cast("WorkbenchSite", found)


def test_study_that_changes_while_it_is_frozen_is_not_frozen(
    site: WorkbenchSite, public_key: PublicKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = site.study_folder / "study.toml"

    def another_hand(kind: object, errand: Mapping[str, Any]) -> dict[str, Any]:
        settings.write_text(settings.read_text("utf-8").replace("minimum_age = 18", "minimum_age = 19"), "utf-8")
        return run_study_errand(errand)

    monkeypatch.setattr(desk_editions, "run_errand_process", another_hand)
    seen = study_digest(site.study_folder)
    assert desk_editions.freeze_here(site, public_key, drafts=True, seen=seen) is None
    assert list((site.data / "editions").iterdir()) == []
    assert desk_editions.freeze_here(site, public_key, drafts=True, seen=seen) is None  # it changed before its turn
    monkeypatch.setattr(desk_editions, "run_errand_process", lambda kind, errand: run_study_errand(errand))
    frozen = desk_editions.freeze_here(site, public_key, drafts=True, seen=study_digest(site.study_folder))
    assert frozen is not None
    assert [one.name for one in (site.data / "editions").iterdir()] == [frozen[0].edition.short]


def test_what_a_killed_workbench_left_of_freezing_is_removed(site: WorkbenchSite) -> None:
    left = site.data / "editions" / ".frozen-00"
    left.mkdir(parents=True)
    (left / "edition.json").write_text("{}")
    desk_editions.remove_unfinished(site.data)
    assert list((site.data / "editions").iterdir()) == []
