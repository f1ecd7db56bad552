"""A Debian 13 that boots, made by `kuule deploy --apply`, with PostgreSQL on it as docs/how-to/postgresql.md sets it
up: the collector has its password from systemd, and the backup of each day is made of the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.deploy.deployed_machine import BACKUP_KEY, deployed
from tests.deploy.test_booted_machine import asked, beside, rows_of
from tests.packaging.booted_container import BootedContainer
from tests.patience import wait_until

pytestmark = [pytest.mark.whole, pytest.mark.timeout(3600)]

HOST = """\
study = "small-study"

[collector]
practice = true
database = "postgresql://kuule@localhost/kuule?passfile=/run/credentials/kuule-collector.service/pgpass"

[collector.credentials]
pgpass = "/etc/kuule/pgpass"

[public]
name = "survey.example.org"

[postgresql]
version = "17"

[backup]
"""
SET_UP = r"""
umask 077
echo 'localhost:5432:kuule:kuule:a-password' > /etc/kuule/pgpass
cd / && runuser -u postgres -- psql --quiet --set=ON_ERROR_STOP=1 <<END
CREATE ROLE kuule LOGIN PASSWORD 'a-password';
CREATE DATABASE kuule OWNER kuule;
REVOKE CONNECT, TEMPORARY ON DATABASE kuule FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE kuule TO kuule;
GRANT pg_checkpoint TO kuule;
\c kuule
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO kuule;
END
"""
UNITS = ("postgresql@17-main.service", "kuule-collector.service", "nginx.service", "kuule-backup.timer")
IDS = "runuser -u postgres -- psql --no-align --tuples-only kuule --command 'SELECT row_id FROM store_response'"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BootedContainer]:
    root = tmp_path_factory.mktemp("postgresql") / "root"
    with deployed(HOST, root, more=("postgresql-17",), before=SET_UP) as container:
        yield container


def has_come_up(machine: BootedContainer) -> bool:
    return machine.run(f"systemctl is-active {' '.join(UNITS)}", may_fail=True).split() == ["active"] * len(UNITS)


def ids_on_server(machine: BootedContainer) -> list[int]:
    return sorted(map(int, machine.run(f"cd / && {IDS}").split()))


def test_answers_are_kept_on_the_server_and_its_backup_goes_into_either_kind(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    assert (asked(machine), machine.run("systemctl --failed --no-legend --plain")) == ("200", "")
    beside(machine, "send", "8000")
    machine.run("systemctl start kuule-backup")
    (machine.root / "root/backup.secret-key").write_text(BACKUP_KEY.to_text())
    given = "--key /root/backup.secret-key --study small-study --database sqlite:////root/restored.sqlite3"
    machine.run(f"kuule restore /var/lib/kuule-backup {given}")
    restored = [int(str(row[0])) for row in rows_of(machine.root / "root/restored.sqlite3")]
    assert restored == ids_on_server(machine) != []


def test_password_is_in_no_environment_and_on_no_command_line(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    for name in ("environ", "cmdline"):
        told = machine.run(f"cat /proc/[0-9]*/{name} | tr '\\0' '\\n'")
        assert "kuule" in told  # planted
        assert "a-password" not in told


def test_collector_goes_on_after_the_server_and_the_machine_were_started_again(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    before = ids_on_server(machine)
    machine.run("systemctl restart postgresql@17-main")
    beside(machine, "send", "8000")
    machine.reboot()
    wait_until(lambda: has_come_up(machine))
    wait_until(lambda: asked(machine) == "200")
    beside(machine, "send", "8000")
    after = ids_on_server(machine)
    assert (len(after) - len(before), set(before) <= set(after)) == (2, True)
