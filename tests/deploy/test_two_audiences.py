"""The two installations of deploy/two-audiences share no user, place, secret, journal, port or onion service."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
import typer.core
import typer.main

from kuule.cli.command_list import program
from kuule.collector.session.token_secret import CREDENTIAL_NAME
from kuule.store.location.database_address import read_address
from kuule.study.settings.study_toml import Audience
from tests.deploy.test_in_step import DEPLOY, TORRC, UNIT, needs_systemd, served

APART = DEPLOY / "two-audiences"
AUDIENCES = ("survivors", "offenders")
TABLE = (APART / "README.md").read_text("utf-8")


def text_of(audience: str, name: str = "audience.conf") -> str:
    return (APART / audience / name).read_text("utf-8")


def values(audience: str, name: str) -> list[str]:
    """What the drop-in sets, after the empty line that takes away what the unit set."""
    return [value for value in re.findall(rf"^{name}=(.*)$", text_of(audience), re.MULTILINE) if value]


@cache
def serve_command() -> typer.core.TyperCommand:
    """`kuule serve`, whose making takes longer than reading a line."""
    command: typer.core.TyperCommand = typer.main.get_command(program("serve")).commands["serve"]  # type: ignore[attr-defined]
    return command


def options_of(audience: str) -> dict[str, object]:
    (line,) = values(audience, "ExecStart")
    return dict(serve_command().make_context("serve", shlex.split(line)[2:]).params)


def onion_of(audience: str) -> dict[str, str]:
    lines = [line for line in text_of(audience, "torrc-service").splitlines() if line and not line.startswith("#")]
    return dict(line.split(" ", 1) for line in lines)


def own_things(audience: str) -> set[str]:
    options, onion = options_of(audience), onion_of(audience)
    editions = options["editions"]
    assert isinstance(editions, list | tuple)
    (secret,) = values(audience, "LoadCredential")
    return {
        f"user {values(audience, 'User')[0]}",
        f"journal {values(audience, 'LogNamespace')[0]}",
        f"/run/{values(audience, 'RuntimeDirectory')[0]}",
        f"/var/lib/{values(audience, 'StateDirectory')[0]}",
        secret.removeprefix(f"{CREDENTIAL_NAME}:"),
        *map(str, editions),
        str(options["socket"] or f"{options['host']}:{options['port']}"),
        onion["HiddenServicePort"].removeprefix("80 "),
        onion["HiddenServiceDir"],
    }


def test_installations_share_nothing_with_one_another() -> None:
    survivors, offenders = (own_things(audience) for audience in AUDIENCES)
    assert (len(survivors), len(offenders), survivors & offenders) == (9, 9, set())
    assert set(AUDIENCES) < set(Audience)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_installation_is_in_step_with_itself_and_with_the_unit(audience: str) -> None:
    options = options_of(audience)
    path = read_address(str(options["database"])).path
    assert path.parent == Path("/var/lib") / values(audience, "StateDirectory")[0]
    differing = {name for name, value in served().items() if options[name] != value}
    assert differing <= {"editions", "database", "port", "onion", "socket"}
    assert {"editions", "database"} <= differing
    for name in ("ExecStart", "StateDirectory", "RuntimeDirectory", "LoadCredential"):
        assert re.findall(rf"^{name}=(.*)$", text_of(audience), re.MULTILINE)[0] == "", "the unit's own is taken away"
        assert re.search(rf"^{name}=.", UNIT, re.MULTILINE)
    assert [name for name in onion_of(audience) if not re.search(rf"^{name} ", TORRC, re.MULTILINE)] == []


@pytest.mark.parametrize(("audience", "other"), [AUDIENCES, AUDIENCES[::-1]])
def test_places_of_the_other_are_out_of_reach(audience: str, other: str) -> None:
    hidden = {path.removeprefix("-") for line in values(audience, "InaccessiblePaths") for path in line.split()}
    places = {place for place in own_things(other) if place.startswith("/") and "/tor/" not in place}
    places -= {str(options_of(other)["socket"])}  # a socket is not to be read; who may connect is written at it
    assert len(places) == 4
    assert [place for place in places if not any(Path(place).is_relative_to(path) for path in hidden)] == []


def backup_of(audience: str) -> tuple[dict[str, object], dict[str, list[str]]]:
    """What the drop-in of the backup starts, and what else it sets."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.+)$", text_of(audience, "backup.conf"), re.MULTILINE):
        found.setdefault(name, []).extend(value.split() if name != "ExecStart" else [value])
    [line] = found.pop("ExecStart")
    command = typer.main.get_command(program()).commands["backup"]  # type: ignore[attr-defined]
    return dict(command.make_context("backup", shlex.split(line)[2:]).params), found


@pytest.mark.parametrize(("audience", "other"), [AUDIENCES, AUDIENCES[::-1]])
def test_backup_is_of_what_is_served_and_shares_nothing_with_the_other(audience: str, other: str) -> None:
    options, settings = backup_of(audience)
    served_here = options_of(audience)
    assert (options["edition"], options["database"]) == (served_here["editions"], served_here["database"])
    assert settings["User"] == values(audience, "User")
    assert settings["LogNamespace"] == values(audience, "LogNamespace")
    folder = str(options["folder"])
    assert settings["StateDirectory"] == [*values(audience, "StateDirectory"), Path(folder).name]
    hidden = {path.removeprefix("-") for path in settings["InaccessiblePaths"]}
    of_other, _ = backup_of(other)
    assert {f"/etc/kuule-{audience}", str(of_other["folder"])} <= hidden
    assert str(of_other["folder"]) in text_of(audience), "nor does its collector reach it"
    assert {str(of_other[name]) for name in ("folder", "database", "seal_to")}.isdisjoint(
        {folder, str(options["database"]), str(options["seal_to"])}
    )
    assert {folder, str(options["seal_to"])} <= set(re.findall(r"`(\S+)`", TABLE))
    taken_away = re.findall(r"^(\w+)=$", text_of(audience, "backup.conf"), re.MULTILINE)
    assert taken_away == ["ExecStart", "StateDirectory"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_table_says_what_the_files_say(audience: str) -> None:
    column = AUDIENCES.index(audience) + 2
    cells = {
        cell.strip().strip("`")
        for row in TABLE.splitlines()
        if row.startswith("|")
        for cell in [row.split("|")[column]]
    }
    said = {thing.removeprefix("user ").removeprefix("journal ") for thing in own_things(audience)}
    assert said - cells == set()


def test_study_that_asks_offenders_is_an_onion_service_and_nothing_else() -> None:
    options = options_of("offenders")
    (path,) = re.findall(r"^ListenStream=(.+)$", text_of("offenders", "socket.conf"), re.MULTILINE)
    assert (options["onion"], str(options["socket"])) == ("http://ADDRESS.onion", path)
    assert onion_of("offenders")["HiddenServicePort"].startswith("80 unix:/run/kuule-front/")
    assert (options_of("survivors")["onion"], options_of("survivors")["socket"]) == ("", None)


@needs_systemd
@pytest.mark.parametrize("audience", AUDIENCES)
def test_systemd_reads_the_unit_with_what_is_dropped_in(tmp_path: Path, audience: str) -> None:
    true = shutil.which("true") or "/bin/true"
    backup = (DEPLOY / "systemd" / "kuule-backup.service").read_text("utf-8")
    units = []
    for name, whole, more in (("collector", UNIT, "audience.conf"), ("backup", backup, "backup.conf")):
        unit = tmp_path / f"kuule-{name}.service"
        dropped = tmp_path / f"{unit.name}.d" / "audience.conf"
        dropped.parent.mkdir()
        for file, text in ((unit, whole), (dropped, text_of(audience, more))):
            file.write_text(text.replace("/opt/kuule/.venv/bin/kuule", true), "utf-8")
        units.append(str(unit))
    outcome = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (outcome.returncode, outcome.stderr) == (0, "")
