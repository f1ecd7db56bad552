"""The file of the accounts while a workbench runs: what was deleted is in no file when the page that says so arrives,
what others do to it counts, and nothing lies beside it.

A connection that stayed open between requests would keep the log of what was written, and the file as it was before.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.patience import PATIENCE
from tests.study.small_study import make_study
from tests.workbench.accounts_file import asked, files_with
from tests.workbench.workbench_for_tests import Visitor, Workbench, running_workbench

ACCOUNTS = "accounts.sqlite3"


def database_files(site: Workbench) -> list[str]:
    """The file of the accounts and whatever SQLite has beside it."""
    return sorted(path.name for path in site.data.glob(f"{ACCOUNTS}*"))


def kept_of(site: Workbench, somebody: Visitor) -> dict[str, str]:
    """What only the database knows of the one who joined last: session, password, second factor."""
    [(number, password)] = asked(site, "SELECT id, password FROM workbench_person ORDER BY id DESC LIMIT 1")
    [(factor,)] = asked(site, f"SELECT data FROM mfa_authenticator WHERE user_id = {number} AND type = 'totp'")
    session = somebody.cookies["session"]
    [(content,)] = asked(site, "SELECT session_data FROM django_session WHERE session_key = ?", (session,))
    return {"person": str(number), "session": session, "content": content, "password": password, "factor": factor}


def test_whoever_is_removed_is_in_no_file_with_password_factor_or_session(site: Workbench) -> None:
    kept = kept_of(site, site.member("viewer", ["sv"]))
    number = kept.pop("person")
    assert [files_with(site, text) for text in kept.values()] == [[ACCOUNTS]] * 4
    site.lead.get(f"/people/{number}/remove")
    assert site.lead.post(f"/people/{number}/remove").status == 302
    assert [files_with(site, text) for text in kept.values()] == [[]] * 4


def test_session_that_ended_is_in_no_file(site: Workbench) -> None:
    somebody = site.member("viewer", ["sv"])
    kept = kept_of(site, somebody)
    somebody.sign_out()
    assert [files_with(site, kept[name]) for name in ("session", "content", "password")] == [[], [], [ACCOUNTS]]


def test_what_another_process_deletes_is_in_no_file_once_that_has_ended(site: Workbench) -> None:
    somebody = site.member("viewer", ["sv"])
    session = somebody.cookies["session"]
    assert files_with(site, session) == [ACCOUNTS]
    with closing(sqlite3.connect(site.data / ACCOUNTS, timeout=PATIENCE)) as line, line:
        line.execute("PRAGMA secure_delete = ON")
        line.execute("DELETE FROM django_session WHERE session_key = ?", (session,))
    assert database_files(site) == [ACCOUNTS]
    assert files_with(site, session) == []
    assert somebody.get("/account").to.startswith("/sign-in")


def test_command_leaves_nothing_beside_the_accounts(site: Workbench) -> None:
    site.command_link("--role", "viewer", "--language", "sv")
    assert database_files(site) == [ACCOUNTS]


def test_file_that_is_put_in_place_of_the_accounts_counts_and_a_stop_leaves_nothing_beside_it(tmp_path: Path) -> None:
    with running_workbench(make_study(tmp_path / "study"), tmp_path / "data") as own:
        assert "From a backup" not in own.lead.get("/people").text
        backup = tmp_path / "backup"
        with closing(sqlite3.connect(own.data / ACCOUNTS)) as line, closing(sqlite3.connect(backup)) as copy, copy:
            line.backup(copy)
            copy.execute("UPDATE workbench_organisation SET name = 'From a backup'")
        backup.replace(own.data / ACCOUNTS)
        assert "From a backup" in own.lead.get("/people").text
        own.link("viewer", ["sv"])
        [(made,)] = asked(own, "SELECT count(*) FROM workbench_invitation WHERE used = 0")
        assert made == 1
    assert database_files(own) == [ACCOUNTS]
