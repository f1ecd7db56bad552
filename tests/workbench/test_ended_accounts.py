"""`kuule end workbench`: nobody can sign in any more, on a workbench that runs or not; and it can be run again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from kuule.destruction.ending_record import EndedArchive, EndingRecord, Way
from kuule.destruction.ending_steps import EndingStep
from kuule.destruction.records_folder import RecordsFolder
from tests.loaded.loaded_process import run_loaded
from tests.study.small_study import make_study
from tests.workbench.accounts_file import asked, files_with
from tests.workbench.workbench_for_tests import Workbench, running_workbench

OPENED = EndingRecord(
    "small-study",
    "analyst",
    EndingStep.OPENED,
    date(2028, 3, 1),
    archives=(EndedArchive("small-study.kuule-archive", "a" * 64, "e" * 64),),
)


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Workbench]:
    """A workbench of its own, since everybody on it loses their account."""
    with running_workbench(make_study(tmp_path / "study"), tmp_path / "data") as running:
        yield running


def ended(site: Workbench, records: Path) -> CompletedProcess[str]:
    """The command, in a process of its own, as Django is set up once in each."""
    places = ["--data", str(site.data), "--records", str(records), "--study", "small-study"]
    command = [sys.executable, "-m", "kuule.cli", "end", "workbench", str(site.study), *places]
    return run_loaded(command, text=True)


def secrets_of(site: Workbench, session: str) -> tuple[str, str, str]:
    """Of the only member: the session, the password's hash, the factor as it is kept."""
    [(password,)] = asked(site, "SELECT password FROM workbench_person")
    [(factor,)] = asked(site, "SELECT data FROM mfa_authenticator WHERE type = 'totp'")
    return session, password, factor


def test_nobody_can_sign_in_after_the_end_and_the_trail_says_so(own_site: Workbench, tmp_path: Path) -> None:
    lead = own_site.lead
    link = own_site.link("translator", ["sv"])
    assert lead.get("/").status == 200
    waiting = ended(own_site, tmp_path / "records")
    assert (waiting.returncode, "bring the records of the analyst's machine first" in waiting.stderr) == (0, True)
    assert lead.get("/").status == 200
    folder = RecordsFolder(tmp_path / "records", "small-study")
    folder.write(OPENED)
    secrets = secrets_of(own_site, lead.cookies["session"])
    assert [files_with(own_site, text) for text in secrets] == [["accounts.sqlite3"]] * 3
    done = ended(own_site, tmp_path / "records")
    assert (done.returncode, done.stdout) == (0, "accounts\n"), done.stderr
    assert [files_with(own_site, text) for text in secrets] == [[]] * 3, "before anybody opens the accounts again"
    assert lead.get("/").to.startswith("/sign-in")
    assert asked(own_site, "SELECT count(*) FROM workbench_person WHERE is_active") == [(0,)]
    assert asked(own_site, "SELECT count(*) FROM mfa_authenticator") == [(0,)]
    assert own_site.visitor().get(link).status == 410
    trail = asked(own_site, "SELECT who, what FROM workbench_entry ORDER BY id DESC LIMIT 1")
    assert trail == [("the command line", "closed all accounts")]
    (tmp_path / "records" / "workbench.accounts.json").unlink()
    assert ended(own_site, tmp_path / "records").returncode == 0, "killed before its record was written"
    again = folder.find("workbench", EndingStep.ACCOUNTS)
    assert again is not None
    assert [one.way for one in again.destroyed] == [Way.CLOSED]
    assert asked(own_site, "SELECT count(*) FROM workbench_entry WHERE what = 'closed all accounts'") == [(1,)]
