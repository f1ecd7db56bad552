"""A kit is made once for all who may have it: those who may see drafts too, where nothing of it is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kuule.core.problems import WorkbenchError
from kuule.workbench.configuration.secret import Secret
from kuule.workbench.configuration.workbench_options import WorkbenchOptions
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import ErrandKind
from kuule.workbench.kit_desk import partner_kits
from kuule.workbench.kit_desk.kit_errand import run_kit_errand
from kuule.workbench.kit_desk.kit_orders import KitOrder
from kuule.workbench.kit_desk.partner_kits import prepare_kit
from tests.kit.spread_study import spread_study

TODAY = date(2026, 11, 20)


@pytest.fixture
def errands(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Any]]:
    """The errands that were done, in this process."""
    done: list[Mapping[str, Any]] = []

    def run(kind: ErrandKind, errand: Mapping[str, Any]) -> dict[str, Any]:
        done.append(errand)
        return run_kit_errand(errand)

    monkeypatch.setattr(partner_kits, "run_errand_process", run)
    return done


@pytest.fixture
def site(tmp_path: Path) -> WorkbenchSite:
    study, data = spread_study(tmp_path / "study", languages='["en", "sv"]'), tmp_path / "data"
    data.mkdir()
    return WorkbenchSite(WorkbenchOptions(study, data), Secret(bytes(32)), None)


def test_reviewed_kit_is_made_once_whoever_asks_for_it(site: WorkbenchSite, errands: list[Mapping[str, Any]]) -> None:
    order = KitOrder(site.study_folder, "childx", "en", TODAY, drafts=True)
    made = prepare_kit(site, order)
    assert prepare_kit(site, replace(order, drafts=False)) is made
    assert prepare_kit(site, order) is made
    assert len(errands) == 1


def test_draft_is_kept_for_those_alone_who_may_see_it(site: WorkbenchSite, errands: list[Mapping[str, Any]]) -> None:
    order = KitOrder(site.study_folder, "childx", "sv", TODAY, drafts=True)
    made = prepare_kit(site, order)
    assert prepare_kit(site, order) is made
    assert len(errands) == 1
    with pytest.raises(WorkbenchError, match="KIT_004"):
        prepare_kit(site, replace(order, drafts=False))
