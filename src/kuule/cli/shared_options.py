"""Arguments and options that several commands take, described in the help of each in the same words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

StudyArgument = Annotated[Path, typer.Argument(help="The study folder.")]
TextsArgument = Annotated[Path, typer.Argument(help="The study folder, or one with an interface.pot.")]
DatasetArgument = Annotated[Path, typer.Argument(help="The dataset folder that `kuule open` wrote.")]
NewFolderOption = Annotated[Path, typer.Option(help="The folder to write.")]
CollectorDatabaseOption = Annotated[
    str, typer.Option(help="Where sealed answers are kept: sqlite:///PATH or postgresql://USER@HOST/NAME.")
]
HostOption = Annotated[str, typer.Option(help="The address to listen on.")]
PortOption = Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)]
SeedOption = Annotated[int, typer.Option(help="The same seed gives the same people.")]
DayOption = Annotated[datetime | None, typer.Option(help="The day; today by default.", formats=["%Y-%m-%d"])]

DEFAULT_DATABASE = "sqlite:///var/collector.sqlite3"
"""The collector's database that commands use if they are given none."""


def make_default_database_folder(database: str) -> None:
    """Make the folder of the default database, for this user only. The folder of any other database must exist."""
    if database == DEFAULT_DATABASE:
        Path("var").mkdir(mode=0o700, exist_ok=True)
