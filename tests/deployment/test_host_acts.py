"""What is run on a machine after its files changed, in which order, and what is not."""

from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.deployment.host_acts import HostAct, TouchedFiles, ending_acts, machine_acts, site_acts, touched_files
from kuule.usecases.installation.deploy_host import run_act
from tests.deployment.small_host import BACKED_UP, BESIDE, BOTH, ONION_ONLY, PROGRAM, PUBLIC, SmallHost, backup_key


def acts(host: SmallHost, text: str, *, unfinished: bool = False) -> list[str]:
    """Every act after the files of a plan are in place, without what is in the way of reading them."""
    plan = host.plan(text)
    touched = touched_files(plan.changes, unfinished=unfinished)
    found = (*machine_acts(plan.settings, touched, host.root), *site_acts(plan.settings, touched, PROGRAM, host.root))
    return [str(act).split(" -p ")[0] for act in found]


def test_first_run_makes_what_is_missing_and_starts_all_of_it_in_order(host: SmallHost) -> None:
    assert acts(host, BOTH) == [
        "systemd-tmpfiles --create /etc/tmpfiles.d/kuule.conf",
        "systemctl daemon-reload",
        "systemctl restart systemd-journald",
        "/usr/lib/systemd/systemd-sysctl /etc/sysctl.d/kuule.conf",
        "systemd-run --quiet --pipe --wait",
        "systemd-run --quiet --pipe --wait",
        "systemctl restart kuule-collector.service",
        "systemctl restart kuule-workbench.service",
        "systemctl enable --quiet nginx.service",
        "systemctl restart nginx.service",
        "systemctl start nginx-renew.timer",
    ]


def made(host: SmallHost, text: str) -> None:
    """The machine with its files, its database and its study."""
    host.apply(text)
    for path in ("/var/lib/kuule/answers.sqlite3", "/var/lib/kuule-workbench/study/study.toml"):
        host.at(path).parent.mkdir(parents=True, exist_ok=True)
        host.at(path).touch()


def test_where_nothing_changed_nothing_is_started_again(host: SmallHost) -> None:
    made(host, BOTH)
    assert acts(host, BOTH) == [
        "systemctl start kuule-collector.service",
        "systemctl start kuule-workbench.service",
        "systemctl enable --quiet nginx.service",
        "systemctl start nginx.service",
        "systemctl start nginx-renew.timer",
    ]


def test_only_what_changed_is_started_again(host: SmallHost) -> None:
    made(host, BOTH)
    found = acts(host, BOTH.replace("practice = true", "practice = true\nworkers = 3"))
    assert [act for act in found if "restart" in act] == ["systemctl restart kuule-collector.service"]
    assert "systemctl daemon-reload" in found


def test_backup_is_made_at_once_where_its_unit_is_new(host: SmallHost) -> None:
    host.put_backup_key(backup_key())
    services = ("kuule-backup", "kuule-workbench-backup")
    expected = [f"systemctl {line}" for one in services for line in (f"start {one}.service", f"restart {one}.timer")]
    assert acts(host, BACKED_UP)[-4:] == expected
    made(host, BACKED_UP)
    assert acts(host, BACKED_UP)[-2:] == [f"systemctl start {one}.timer" for one in services]
    later = acts(host, BACKED_UP + "days = 3\n")
    assert [act for act in later if "restart" in act or act.endswith("backup.service")] == expected
    assert {f"systemctl stop {one}.timer" for one in services} <= set(acts(host, BOTH))


def test_run_that_was_stopped_starts_everything_again(host: SmallHost) -> None:
    made(host, BOTH)
    assert len([act for act in acts(host, BOTH, unfinished=True) if "restart" in act]) == 4


def test_what_is_not_wanted_any_more_is_ended_first(host: SmallHost) -> None:
    made(host, BOTH)
    host.set_onion()
    found = acts(host, ONION_ONLY)
    assert found[:4] == [
        "systemctl disable --quiet --now nginx.service",
        "systemctl stop kuule-workbench.service",
        "systemctl stop nginx-renew.service",
        "systemctl stop nginx-renew.timer",
    ]
    assert found[-4:] == [
        "systemctl stop kuule-collector.service",
        "systemctl start kuule-collector.socket",
        "systemctl restart kuule-collector.service",
        "systemctl start haproxy-renew.timer",
    ]
    assert found.index("systemctl restart haproxy.service") < found.index("systemctl restart tor@default.service")


def test_what_a_stopped_run_took_away_is_still_ended(host: SmallHost) -> None:
    made(host, BESIDE)
    host.at("/etc/tor/torrc").unlink()
    assert "systemctl disable --quiet --now tor.service tor@default.service" in acts(host, PUBLIC)


def test_unfinished_counts_as_changed_everywhere() -> None:
    assert TouchedFiles((), unfinished=True).touches("/anything")
    assert not TouchedFiles(("/etc/a",), unfinished=False).touches("/etc/b")


def test_stop_of_what_is_gone_already_is_fine() -> None:
    touched = TouchedFiles((), unfinished=False, gone=("/etc/systemd/system/kuule-none.service",))
    [act] = ending_acts(touched)
    assert act.fine == (0, 5)


def test_act_that_fails_says_what_it_said() -> None:
    run_act(HostAct(("sh", "-c", "exit 5"), "it is fine", fine=(0, 5)))
    with pytest.raises(KuuleError) as refused:
        run_act(HostAct(("sh", "-c", "echo not so >&2; exit 5"), "it is not"))
    [problem] = refused.value.problems
    assert (problem.code, problem.place, problem.cause) == ("DEPLOY_009", "sh -c 'echo not so >&2; exit 5'", "not so")
    with pytest.raises(KuuleError, match="it cannot be run"):
        run_act(HostAct(("no-such-program",), "it is not there"))
