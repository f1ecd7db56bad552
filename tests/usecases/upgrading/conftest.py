"""The accounts of a workbench are migrated in forks, as in tests/installations."""

from __future__ import annotations

from tests.installations.conftest import accounts_are_migrated_in_forks

__all__ = ["accounts_are_migrated_in_forks"]
