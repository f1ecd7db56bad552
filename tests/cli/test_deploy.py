"""`kuule deploy`: what an administrator is shown, asked and told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.deployment.small_host import BOTH, PUBLIC, SmallHost, make_host
from tests.prompts import Typed

NGINX = "/etc/nginx/nginx.conf"


@pytest.fixture
def host(tmp_path: Path) -> SmallHost:
    made = make_host(tmp_path)
    made.file.write_text(PUBLIC, "utf-8")
    return made


def deploy(host: SmallHost, *more: str) -> int:
    return run(["deploy", str(host.file), "--root", str(host.root), *more])


@pytest.mark.slow
def test_plan_shows_everything_and_changes_nothing(host: SmallHost, capsys: pytest.CaptureFixture[str]) -> None:
    host.at(NGINX).parent.mkdir(parents=True)
    host.at(NGINX).write_text("user somebody;\n")
    before = host.files()
    assert deploy(host) == Exit.DONE
    spaced = host.file.rename(host.file.with_name("our host.toml"))
    assert run(["deploy", str(spaced), "--root", str(host.root), "--plan"]) == Exit.DONE
    told = capsys.readouterr()
    once = told.out[: len(told.out) // 2]
    assert told.out == once * 2
    lines = once.splitlines()
    assert lines[0] == "small-study: a practice survey at https://survey.example.net"
    for line in (
        "  new       /etc/systemd/system/kuule-collector.service: the collector as a service",
        f"  replaced  {NGINX}: nginx, the whole of it",
        f"            somebody else wrote or changed what is there: it is kept as {NGINX}.kept-1",
        "  -user somebody;",
        "  systemd reads its units: yes",
        "  the firewall: let in TCP 80 and 443, and your own way in; nothing else listens to other machines",
    ):
        assert line in lines
    said = [line for line in told.err.splitlines() if line.startswith("nothing was changed; ")]
    typed = [f"kuule deploy {file} --root {host.root} --apply" for file in (str(host.file), f"'{spaced}'")]
    assert said == [f"nothing was changed; to do it: {command}" for command in typed]
    assert host.files() == before


@pytest.mark.slow
def test_apply_needs_the_name_of_the_study(
    host: SmallHost, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert deploy(host, "--apply") == Exit.PROBLEM
    assert "CLI_028 --study: it has to be said which study is meant" in capsys.readouterr().err
    assert deploy(host, "--apply", "--study", "our-voice") == Exit.PROBLEM
    assert "CLI_028 --study: 'our-voice' is not this study, 'small-study'" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", Typed("another\n"))
    assert deploy(host, "--apply") == Exit.PROBLEM
    assert not host.at("/etc").exists()
    monkeypatch.setattr("sys.stdin", Typed("small-study\n"))
    assert deploy(host, "--apply") == Exit.DONE
    told = capsys.readouterr()
    assert "Type the name of the study, small-study, to do it:" in told.err
    assert told.err.endswith(f"done: 'small-study' is in {host.root}; nothing was started\n")
    assert NGINX in told.out.splitlines()


@pytest.mark.slow
def test_program_is_told_what_was_done_and_then_that_nothing_is_left(
    host: SmallHost, capsys: pytest.CaptureFixture[str]
) -> None:
    host.file.write_text(BOTH, "utf-8")
    assert deploy(host, "--apply", "--study", "small-study", "--json") == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["result"]["applied"], told["result"]["acts"]) == (True, [])
    assert {each["state"] for each in told["result"]["files"]} == {"new"}
    assert [problem["code"] for problem in told["problems"]] == ["DEPLOY_007", "DEPLOY_012"]
    assert deploy(host) == Exit.DONE
    shown = capsys.readouterr()
    assert "  as it is  19 files" in shown.out.splitlines()
    assert shown.err.splitlines()[-1] == "nothing was changed; everything is as it should be"


def test_plan_and_apply_at_once_are_refused(host: SmallHost, capsys: pytest.CaptureFixture[str]) -> None:
    assert deploy(host, "--plan", "--apply") == Exit.USAGE
    assert "give one of --plan and --apply" in capsys.readouterr().err


def test_settings_that_are_missing_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["deploy", str(tmp_path / "none.toml")]) == Exit.PROBLEM
    assert "there is no such file" in capsys.readouterr().err


@pytest.mark.slow
def test_what_is_missing_is_said_after_the_plan_and_ends_with_a_problem(
    host: SmallHost, capsys: pytest.CaptureFixture[str]
) -> None:
    host.at("/usr/sbin/nginx").unlink()
    assert deploy(host, "--plan") == Exit.PROBLEM
    told = capsys.readouterr()
    assert told.out.startswith("small-study: ")
    assert "DEPLOY_004 nginx: it is not installed" in told.err
