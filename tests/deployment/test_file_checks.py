"""Real programs read what is to be written, before it is."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.core.problems import KuuleError
from kuule.deployment.file_checks import CheckState, check_files
from kuule.deployment.host_files import HostFile, wanted_files
from kuule.usecases.installation.deploy_host import HostPlan, check_plan, plan_host
from tests.deploy.test_in_step import OLDEST_SYSTEMD, version_of_systemd
from tests.deployment.small_host import BESIDE, BOTH, ONION, ONION_ONLY, PROGRAM, SmallHost

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(version_of_systemd() < OLDEST_SYSTEMD, reason="no systemd that knows all settings"),
]
HERE = {name for name in ("nginx", "tor", "haproxy") if shutil.which(name, path="/usr/sbin:/usr/bin")}


def verdicts(host: SmallHost, text: str, change: tuple[str, str, str] = ("", "", "")) -> dict[str, CheckState]:
    """What each program says of the files, in one of which something was changed."""
    path, before, after = change
    plan = host.plan(text)
    files = [
        changed(file, before, after) if file.path == path else file for file in wanted_files(plan.settings, plan.facts)
    ]
    checks = check_files(plan.settings, files, PROGRAM, host.root)
    return {check.what.split()[0]: check.state for check in checks}


def changed(file: HostFile, before: str, after: str) -> HostFile:
    assert before in file.text
    return replace(file, text=file.text.replace(before, after))


def read_by(name: str) -> CheckState:
    tried = name == "systemd" or (name in HERE and (name != "nginx" or os.geteuid() == 0))
    return CheckState.PASSED if tried else CheckState.NOT_TRIED


def test_each_program_reads_the_files_of_each_kind_of_machine(host: SmallHost) -> None:
    host.set_onion()
    for text, names in ((BOTH, ("systemd", "nginx")), (BESIDE, ("systemd", "nginx", "tor"))):
        assert verdicts(host, text) == {name: read_by(name) for name in names}
    assert verdicts(host, ONION_ONLY) == {name: read_by(name) for name in ("systemd", "tor", "haproxy")}
    assert f"--onion http://{ONION} " in "".join(one.file.text for one in host.plan(ONION_ONLY).changes)


@pytest.mark.parametrize(
    ("name", "text", "change"),
    [
        ("systemd", BOTH, ("/etc/systemd/system/kuule-collector.service", "UMask=0077", "UMask=what")),
        ("systemd", BOTH, ("/etc/systemd/system/kuule-workbench.service", "[Service]", "[Servce]")),
        ("nginx", BOTH, ("/etc/nginx/kuule.d/workbench.conf", "send_timeout 60s;", "send_timeout 60s")),
        ("nginx", BOTH, ("/etc/nginx/collector.inc", "proxy_pass http://", "proxy_pas http://")),
        ("tor", BESIDE, ("/etc/tor/torrc", "SafeLogging 1", "SafeLogin 1")),
        ("haproxy", ONION_ONLY, ("/etc/haproxy/kuule-onion.cfg", "mode http", "mode htp")),
    ],
)
def test_fault_is_found_by_the_program_that_would_have_read_it(
    host: SmallHost, name: str, text: str, change: tuple[str, str, str]
) -> None:
    if read_by(name) is CheckState.NOT_TRIED:
        pytest.skip(f"{name} is not installed, or needs root")
    assert verdicts(host, text, change)[name] is CheckState.FAILED


def test_plan_that_a_program_cannot_read_is_refused_in_its_words_and_nothing_is_written(host: SmallHost) -> None:
    plan = plan_host(host.settings(BOTH), host.root)
    [first, *others] = plan.checks
    failed: HostPlan = replace(plan, checks=(replace(first, state=CheckState.FAILED, told="line 3"), *others))
    with pytest.raises(KuuleError) as refused:
        check_plan(failed)
    [problem] = refused.value.problems
    assert (problem.code, problem.cause) == ("DEPLOY_008", "it does not: line 3")


def test_nothing_is_left_of_the_copies(host: SmallHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    verdicts(host, BOTH)
    assert list(tmp_path.glob("kuule-deploy-*")) == []
