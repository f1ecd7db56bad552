"""The collector's database that commands use if they are given none."""

from __future__ import annotations

from pathlib import Path

DEFAULT_DATABASE = "sqlite:///var/collector.sqlite3"


def make_default_database_folder(database: str) -> None:
    """Make the folder of the default database, for this user only. The folder of any other database must exist."""
    if database == DEFAULT_DATABASE:
        Path("var").mkdir(mode=0o700, exist_ok=True)
