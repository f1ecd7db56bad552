"""`kuule close`, `kuule reopen` and `kuule launch`, as an operator runs them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kuule.cli.command_list import program
from kuule.core.problems import KuuleError
from kuule.store.database import configure
from kuule.store.rows.field_control import read_field_control
from kuule.store.rows.store_audience import claim_store_for
from kuule.study.settings.field_phase import FieldOrder, StandingOrder
from kuule.usecases.collecting.collector_database import make_database
from tests.study.small_study import make_edition


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("field")
    make_edition(folder)
    return folder / "edition"


@pytest.fixture
def database(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    make_database(address)
    configure(address)
    return address


def ordered(*arguments: object) -> tuple[str, str]:
    """What a command prints, and what it says. Raises what it raises."""
    ran = CliRunner().invoke(program(), [*map(str, arguments)], standalone_mode=False)
    if isinstance(ran.exception, KuuleError):
        raise ran.exception
    return ran.stdout.strip(), ran.stderr


def test_closing_asks_for_the_name_and_can_be_repeated(edition: Path, database: str) -> None:
    close = ("close", edition, "--database", database)
    for name in ((), ("--study", "another")):
        with pytest.raises(KuuleError, match="CLI_028"):
            ordered(*close, *name)
    assert read_field_control().order is FieldOrder.NONE
    assert ordered(*close, "--study", "small-study")[0] == "finishing"
    assert "it was so already: nothing was changed" in ordered(*close)[1]
    assert f"whoever has begun may finish until {day(9)}" in ordered(*close, "--finish-days", "9")[1]
    assert "nothing was changed" in ordered(*close, "--finish-days", "1")[1], "what people were told is kept"
    assert ordered("reopen", edition, "--database", database, "--study", "small-study")[0] == "open"


def test_soft_launch_is_ended_for_everybody(edition: Path, database: str) -> None:
    assert ordered("launch", edition, "--database", database, "--study", "small-study")[0] == "open"
    assert read_field_control().launched


def test_store_that_is_not_there_is_said_and_not_made(edition: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.sqlite3"
    with pytest.raises(KuuleError, match="STORE_025"):
        ordered("close", edition, "--database", f"sqlite:///{nowhere}", "--study", "small-study")
    assert not nowhere.exists()


@pytest.mark.parametrize("command", ["close", "reopen", "launch", "hide"])
def test_survey_of_another_audience_takes_no_order(command: str, edition: Path, database: str) -> None:
    """A path that was copied from the other machine's notes: the name that is asked for is that of the edition."""
    claim_store_for("offenders")
    name = ("ZZ", "Anna") if command == "hide" else ()
    with pytest.raises(KuuleError, match=r"STORE_028 .*asks offenders, and the editions ask survivors"):
        ordered(command, edition, *name, "--database", database, "--study", "small-study")
    assert read_field_control() == StandingOrder()


def day(after: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=after)).isoformat()
