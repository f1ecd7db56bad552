"""The accounts of a workbench are brought forward in a fork of a process that has loaded Django and their tables."""

from __future__ import annotations

import pytest

from kuule.workbench import accounts_migration
from tests.loaded.forked_module import start_forking, with_forked_modules


@pytest.fixture(autouse=True)
def accounts_are_migrated_in_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    start_forking()
    monkeypatch.setattr(accounts_migration, "subprocess", with_forked_modules())
