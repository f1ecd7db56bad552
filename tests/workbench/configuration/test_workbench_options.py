"""What the workbench is started with: what is refused, before anything listens, and in words."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.core.problems import WorkbenchError
from kuule.workbench.configuration.workbench_options import WorkbenchOptions, check_site_addresses
from kuule.workbench.configuration.workbench_site import start_site
from tests.loaded.loaded_process import LoadedProcess, run_loaded
from tests.patience import PATIENCE
from tests.study.small_study import make_study
from tests.workbench.conftest import Collected


def options(**given: str) -> WorkbenchOptions:
    return WorkbenchOptions(Path("study"), Path("data"), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "site",
    ["", "https://workbench.example.org", "http://localhost:8020", f"http://{'a' * 56}.onion", "https://a.example/"],
)
def test_address_that_people_can_open_safely_is_taken(site: str) -> None:
    check_site_addresses(options(site=site, survey=site))


@pytest.mark.parametrize(
    "site",
    ["workbench.example.org", "http://workbench.example.org", "https://", "ftp://a.example", "https://a.example/x"],
)
def test_address_that_is_none_or_open_to_the_network_is_refused(site: str) -> None:
    with pytest.raises(WorkbenchError, match="WORKBENCH_001"):
        check_site_addresses(options(site=site))


def test_options_come_back_from_their_text() -> None:
    given = WorkbenchOptions(
        Path("/study"), Path("/data"), "::1", 9, "https://a.example", "sqlite:///x", (Path("/e"),), "https://b.example"
    )
    assert WorkbenchOptions.from_text(given.to_text()) == given
    with_register = replace(given, register=Path("/register"))
    assert WorkbenchOptions.from_text(with_register.to_text()) == with_register
    with_releases = replace(given, releases=Path("/releases"))
    assert WorkbenchOptions.from_text(with_releases.to_text()) == with_releases
    assert (given.https, given.hosts, given.address) == (True, ("a.example",), "https://a.example")
    assert options().address == "http://localhost:8020"


def test_command_line_refuses_in_words_and_makes_no_accounts(
    collected: Collected, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study, data = str(collected.study), tmp_path / "data"
    for arguments, code, ending in (
        (["workbench", study, "--data", str(data), "--host", "0.0.0.0"], "SERVE_011", Exit.REFUSED),
        (["workbench", study, "--data", str(data), "--site", "http://a.example"], "WORKBENCH_001", Exit.REFUSED),
        (["workbench", study, "--data", str(data), "--edition", str(tmp_path)], "EDITION_", Exit.REFUSED),
        (["workbench", str(tmp_path), "--data", str(data)], "STUDY_101", Exit.REFUSED),
        (["workbench", study, "--data", str(data), "--releases", str(tmp_path / "no")], "WORKBENCH_014", Exit.REFUSED),
        (["invite", study, "--data", str(data), "--role", "king"], "WORKBENCH_008", Exit.PROBLEM),
    ):
        assert run(arguments) == ending
        assert code in capsys.readouterr().err
    assert not data.exists()


def test_accounts_that_are_no_database_are_told_in_words_and_left_as_they_are(
    collected: Collected, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "accounts.sqlite3").write_text("no database")
    # a process of its own: in this one Django may be set up for the collector
    given = [sys.executable, "-m", "kuule.cli", "invite", str(collected.study), "--data", str(data)]
    done = run_loaded(given, text=True)
    assert (done.returncode, done.stdout) == (Exit.PROBLEM, "")
    assert done.stderr.startswith("WORKBENCH_012 accounts.sqlite3: ")
    assert "Traceback" not in done.stderr
    assert (data / "accounts.sqlite3").read_text() == "no database"


def test_commands_that_begin_at_once_make_the_accounts_once(collected: Collected, tmp_path: Path) -> None:
    """A workbench that starts, and the first invitation: one of them said that a table exists already, and ended."""
    given = [sys.executable, "-m", "kuule.cli", "invite", str(collected.study), "--data", str(tmp_path / "data")]
    started = [LoadedProcess(given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ends = [(*one.communicate(timeout=PATIENCE), one.returncode) for one in started]
    assert [code for *_, code in ends] == [Exit.DONE] * 3, ends
    assert len({link for link, *_ in ends}) == 3
    assert sorted(one.name for one in (tmp_path / "data").iterdir()) == ["accounts.sqlite3", "secret"]


def test_accounts_do_not_lie_in_the_study(tmp_path: Path) -> None:
    """Whoever copies the study, or keeps it in git, would take the secret along."""
    study = make_study(tmp_path / "study")
    for data in (study, study / "data", tmp_path / "elsewhere" / ".." / "study" / "data"):
        with pytest.raises(WorkbenchError, match="WORKBENCH_024"):
            start_site(WorkbenchOptions(study, data))
    assert not (study / "data").exists()


_HASHED = """
import sys
from pathlib import Path
from kuule.workbench.configuration.workbench_options import WorkbenchOptions
from kuule.workbench.configuration.workbench_site import start_site
start_site(WorkbenchOptions(study=Path(sys.argv[1]), data=Path(sys.argv[2])))
from django.contrib.auth.hashers import make_password
print(make_password("a password").split("$")[:2])
"""


def test_passwords_cost_whoever_tries_them_what_django_asks(collected: Collected, tmp_path: Path) -> None:
    """In a process that nothing was loaded for: in those of `tests/loaded`, a password costs next to nothing."""
    command = [sys.executable, "-c", _HASHED, str(collected.study), str(tmp_path / "data")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert done.stdout == "['scrypt', '16384']\n"
