"""The look once an hour and who is told: the units that follow from [status], and what they are started with."""

from __future__ import annotations

import re
from pathlib import Path

from tests.deployment.small_host import BESIDE, BOTH, ONION, ONION_ONLY, PUBLIC, SmallHost
from tests.deployment.test_host_acts import acts, made
from tests.deployment.test_host_files import files_of, started
from tests.deployment.test_host_settings import EVERYTHING, refusals

STATUS = "[status]\n"
ALERT = f'{STATUS}alert = "/usr/local/sbin/ring"\nbackups = true\n'
UNITS = "/etc/systemd/system"
UNIT = f"{UNITS}/kuule-status.service"


def looked_at(unit: str) -> dict[str, object]:
    """What the command line makes of the first ExecStart."""
    return started(re.sub(r"^ExecStart=\+.*\n", "", unit, flags=re.MULTILINE))


def test_nothing_looks_where_nobody_asked_for_it(tmp_path: Path) -> None:
    assert not [path for path in files_of(tmp_path, BOTH) if "status" in path or "alert" in path]


def test_look_is_at_what_the_collector_serves(tmp_path: Path) -> None:
    given = looked_at(files_of(tmp_path, PUBLIC + STATUS)[UNIT])
    assert (str(given["edition"]), given["address"]) == ("/srv/kuule/edition", "http://127.0.0.1:8000")
    assert (given["database"], given["backups"]) == ("sqlite:////var/lib/kuule/answers.sqlite3", None)


def test_newest_edition_and_credentials_of_its_own(tmp_path: Path) -> None:
    unit = files_of(tmp_path, EVERYTHING + ALERT)[UNIT]
    given = looked_at(unit)
    assert str(given["edition"]) == "/srv/kuule/second"
    assert str(given["database"]).endswith("passfile=/run/credentials/kuule-status.service/pgpass")
    assert str(given["backups"]) == "/var/lib/kuule-backup"
    lines = unit.splitlines()
    assert "LoadCredential=pgpass:/etc/kuule/pgpass" in lines
    assert "StateDirectory=kuule kuule-backup" in lines
    assert [line for line in lines if line.startswith("IPAddress")] == [
        "IPAddressDeny=any",
        "IPAddressAllow=localhost",
        "IPAddressAllow=10.0.0.5",
    ]
    assert not [line for line in lines if "token-secret" in line and line.startswith("Load")], "it has no secret"


def test_onion_service_is_not_asked_at_its_door(tmp_path: Path) -> None:
    unit = files_of(tmp_path, ONION_ONLY + STATUS, ONION)[UNIT]
    assert looked_at(unit)["address"] == ""
    assert "ExecStart=+systemctl --quiet is-active kuule-collector.service" in unit.splitlines()


def test_whoever_was_chosen_is_told_of_each_service(tmp_path: Path) -> None:
    both = files_of(tmp_path, BOTH + ALERT)
    told = {path for path in both if path.endswith("kuule-alert.conf")}
    assert told == {f"{UNITS}/kuule-{name}.service.d/kuule-alert.conf" for name in ("collector", "status", "workbench")}
    assert {both[path].splitlines()[-1] for path in told} == {"OnFailure=kuule-alert@%N.service"}
    assert "ExecStart=/usr/local/sbin/ring %i" in both[f"{UNITS}/kuule-alert@.service"].splitlines()
    assert f"{UNITS}/kuule-alert@.service" not in files_of(tmp_path, BESIDE + STATUS)


def test_timer_is_started_and_what_is_not_wanted_any_more_is_ended(host: SmallHost) -> None:
    made(host, BOTH)
    assert acts(host, BOTH + ALERT)[-1] == "systemctl start kuule-status.timer"
    made(host, BOTH + ALERT)
    ended = [act for act in acts(host, BOTH) if act.startswith("systemctl stop")]
    assert ended == ["systemctl stop kuule-status.service", "systemctl stop kuule-status.timer"]


WATCHED = BOTH + 'survey = "https://survey.example.net"\nwatch = true\n'


def test_survey_is_looked_at_by_a_service_of_its_own_and_the_workbench_stays_within(tmp_path: Path) -> None:
    files = files_of(tmp_path, WATCHED)
    watch, workbench = (files[f"{UNITS}/kuule-{name}.service"] for name in ("verify", "workbench"))
    given = started(watch)
    assert (given["url"], str(given["watch"])) == ("https://survey.example.net", "/var/lib/kuule-verify/looks.json")
    assert str(started(workbench)["verified"]) == "/run/kuule-verify/looks.json"
    lines = workbench.splitlines()
    assert "BindReadOnlyPaths=-/var/lib/private/kuule-verify:/run/kuule-verify" in lines
    assert "After=network.target time-sync.target kuule-verify.service" in lines
    assert [line for line in lines if line.startswith("IPAddress")] == ["IPAddressDeny=any", "IPAddressAllow=localhost"]
    assert not [line for line in watch.splitlines() if line.startswith(("LoadCredential", "IPAddress"))]
    assert "kuule-verify" not in files_of(tmp_path, BOTH)[f"{UNITS}/kuule-workbench.service"]


def test_watch_is_started_before_the_workbench_that_reads_it(host: SmallHost) -> None:
    found = [act for act in acts(host, WATCHED) if "kuule-verify" in act or "kuule-workbench.service" in act]
    assert found == ["systemctl restart kuule-verify.service", "systemctl restart kuule-workbench.service"]


def test_watch_needs_the_address_of_the_survey(tmp_path: Path) -> None:
    assert refusals(tmp_path, BOTH + "watch = true\n") == ["DEPLOY_002 host.toml, workbench.watch"]


def test_look_needs_a_collector_and_a_program_a_path(tmp_path: Path) -> None:
    assert refusals(tmp_path, 'study = "s"\n[workbench]\nname = "b.example"\n[status]\n') == [
        "DEPLOY_002 host.toml, status"
    ]
    [wrong] = refusals(tmp_path, PUBLIC + '[status]\nalert = "mail -s x"\n')
    assert wrong.endswith("status.alert")
