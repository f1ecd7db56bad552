"""The study that is being answered, as the tests of the command line have it."""

from __future__ import annotations

from tests.cli.conftest import kit

__all__ = ["kit"]
