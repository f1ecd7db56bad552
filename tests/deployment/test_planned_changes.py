"""What would change: what is new, what is ours of before, what was changed by hand, and what is not needed any more."""

from __future__ import annotations

import os
import stat

import pytest

from kuule.core.problems import KuuleError
from kuule.deployment.file_record import RECORD, read_record
from tests.deployment.small_host import BACKED_UP, BESIDE, BOTH, ONION_ONLY, PUBLIC, SmallHost, backup_key

NGINX = "/etc/nginx/nginx.conf"
JOURNAL = "/etc/systemd/journald.conf.d/kuule.conf"


def test_everything_is_new_and_the_second_time_as_it_is(host: SmallHost) -> None:
    assert set(host.states(BOTH).values()) == {"new"}
    host.apply(BOTH)
    assert set(host.states(BOTH).values()) == {"as it is"}
    before = host.files()
    host.apply(BOTH)
    assert host.files() == before


def test_file_of_the_distribution_is_kept_beside_and_said(host: SmallHost) -> None:
    place = host.at(NGINX)
    place.parent.mkdir(parents=True)
    place.write_text("user somebody;\n")
    [change] = [one for one in host.plan(PUBLIC).changes if one.file.path == NGINX]
    assert (change.kind, change.kept_as) == ("replaced", f"{NGINX}.kept-1")
    assert "-user somebody;" in change.difference()
    host.apply(PUBLIC)
    assert host.at(f"{NGINX}.kept-1").read_text() == "user somebody;\n"
    assert "survey.example.net" in place.read_text()


def test_what_a_person_changed_is_kept_each_time_and_never_lost(host: SmallHost) -> None:
    host.apply(PUBLIC)
    for number in (1, 2):
        host.at(JOURNAL).write_text(f"# by hand {number}\n")
        assert host.states(PUBLIC)[JOURNAL] == "replaced"
        host.apply(PUBLIC)
        assert host.at(f"{JOURNAL}.kept-{number}").read_text() == f"# by hand {number}\n"
    assert host.states(PUBLIC)[JOURNAL] == "as it is"


def test_what_an_earlier_run_wrote_is_changed_without_a_copy(host: SmallHost) -> None:
    host.apply(PUBLIC)
    other = PUBLIC.replace("survey.example.net", "answers.example.net")
    assert host.states(other)[NGINX] == "changed"
    [change] = [one for one in host.plan(other).changes if one.file.path == NGINX]
    assert sum(line.startswith(("-  ", "+  ")) for line in change.difference()) == 4
    host.apply(other)
    assert list(host.at(NGINX).parent.glob("nginx.conf.kept-*")) == []


def test_what_is_not_needed_any_more_goes_and_what_was_changed_by_hand_stays(host: SmallHost) -> None:
    host.apply(BOTH)
    unit, site = "/etc/systemd/system/kuule-workbench.service", "/etc/nginx/kuule.d/workbench.conf"
    host.at(site).write_text("# by hand\n")
    states = host.states(PUBLIC)
    assert (states[unit], states[site]) == ("removed", "left behind")
    host.apply(PUBLIC)
    assert (host.at(unit).exists(), host.at(site).read_text()) == (False, "# by hand\n")
    assert not host.at("/etc/systemd/system/multi-user.target.wants/kuule-workbench.service").is_symlink()
    assert host.at("/etc/kuule/workbench-secret").exists()
    assert unit not in read_record(host.root).files


def test_secrets_are_made_once_and_for_root_alone(host: SmallHost) -> None:
    host.apply(BOTH)
    paths = ["/etc/kuule/token-secret", "/etc/kuule/workbench-secret", "/etc/ssl/survey/privkey.pem"]
    before = {path: host.at(path).read_bytes() for path in paths}
    assert [len(before[path]) for path in paths[:2]] == [32, 32]
    assert before[paths[0]] != before[paths[1]]
    assert [stat.S_IMODE(host.at(path).stat().st_mode) for path in paths] == [0o600] * 3
    assert stat.S_IMODE(host.at("/etc/kuule").stat().st_mode) == 0o700
    host.apply(BOTH)
    assert {path: host.at(path).read_bytes() for path in paths} == before


def test_files_can_be_read_whatever_the_umask(host: SmallHost) -> None:
    before = os.umask(0o077)
    try:
        host.apply(BOTH)
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(host.at(path).stat().st_mode) for path in (NGINX, "/etc/nginx/kuule.d", JOURNAL)}
    assert modes == {NGINX: 0o644, "/etc/nginx/kuule.d": 0o755, JOURNAL: 0o644}


def test_link_in_the_place_of_a_file_is_refused(host: SmallHost) -> None:
    host.at(NGINX).parent.mkdir(parents=True)
    host.at(NGINX).symlink_to("/etc/passwd")
    with pytest.raises(KuuleError, match=r"DEPLOY_005 /etc/nginx/nginx\.conf"):
        host.plan(PUBLIC)


def test_folder_that_leads_out_of_the_tree_is_refused(host: SmallHost) -> None:
    (host.root.parent / "outside").mkdir()
    host.at("/etc").mkdir()
    host.at("/etc/nginx").symlink_to(host.root.parent / "outside")
    with pytest.raises(KuuleError, match="a link leads it out of"):
        host.plan(PUBLIC)
    assert list((host.root.parent / "outside").iterdir()) == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 2}', '{"format": 1, "study": "x", "files": []}'])
def test_record_that_is_damaged_is_said(host: SmallHost, content: str) -> None:
    host.at(RECORD).parent.mkdir(parents=True)
    host.at(RECORD).write_text(content)
    with pytest.raises(KuuleError, match="DEPLOY_005"):
        host.plan(PUBLIC)


def test_machine_of_another_study_is_refused(host: SmallHost) -> None:
    host.apply(PUBLIC)
    with pytest.raises(KuuleError) as refused:
        host.apply(PUBLIC.replace("small-study", "our-voice"))
    assert [problem.code for problem in refused.value.problems] == ["DEPLOY_003", "DEPLOY_003"]
    assert read_record(host.root).study == "small-study"


def test_programs_and_editions_that_are_missing_are_said_at_once(host: SmallHost) -> None:
    for path in ("/usr/sbin/nginx", "/usr/bin/tor", "/opt/kuule/.venv/bin/kuule"):
        host.at(path).unlink()
    text = (
        BESIDE.replace("onion = true", 'onion = true\neditions = ["/srv/kuule/none"]')
        + '[postgresql]\nversion = "17"\n'
    )
    with pytest.raises(KuuleError) as refused:
        host.apply(text)
    said = [(problem.code, problem.place) for problem in refused.value.problems]
    places = ["/opt/kuule/.venv/bin/kuule", "nginx", "tor", "postgresql", "/srv/kuule/none"]
    assert said == [("DEPLOY_004", place) for place in places]
    assert not host.at("/etc").exists()


def codes_for_backups(host: SmallHost, text: str) -> list[str]:
    return [problem.code for problem in host.plan(text).problems if problem.code != "DEPLOY_007"]


def test_backup_needs_a_key_that_opens_no_answer(host: SmallHost) -> None:
    assert codes_for_backups(host, BACKED_UP) == ["DEPLOY_004"]
    host.put_backup_key("no key\n")
    assert [code[:4] for code in codes_for_backups(host, BACKED_UP)] == ["KEY_"]
    host.put_backup_key((host.at("/srv/kuule/edition") / "public.key").read_text("utf-8"))
    assert codes_for_backups(host, BACKED_UP) == ["DEPLOY_013"]
    host.put_backup_key(backup_key())
    assert codes_for_backups(host, BACKED_UP) == []


def test_machine_without_backups_is_warned_of_unless_it_is_for_practice(host: SmallHost) -> None:
    assert codes_for_backups(host, PUBLIC) == []
    for text in (BOTH, PUBLIC.replace("practice = true\n", "")):
        assert codes_for_backups(host, text) == ["DEPLOY_012"]


def test_onion_service_waits_for_its_address(host: SmallHost) -> None:
    plan = host.apply(ONION_ONLY)
    assert [problem.code for problem in plan.problems] == ["DEPLOY_010"]
    assert not host.at("/etc/systemd/system/kuule-collector.service").exists()
    host.set_onion()
    assert host.states(ONION_ONLY)["/etc/systemd/system/kuule-collector.service"] == "new"
    assert host.apply(ONION_ONLY).problems == ()
