"""The audit trail: who did what and when, which not even the database's own tools change."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from kuule.workbench.member_words.saying import say_plain, speak_in
from tests.workbench.accounts_file import asked
from tests.workbench.workbench_for_tests import PASSWORD, Workbench


def test_what_members_do_stands_there_by_the_name_they_chose(site: Workbench) -> None:
    link = site.link("viewer", ["ar"], "Traced organisation")
    somebody = site.visitor()
    somebody.join(link, "traced", "A chosen name")
    somebody.set_up_app()
    somebody.sign_out()
    lines = asked(site, "SELECT what, \"on\" FROM workbench_entry WHERE who = 'A chosen name' ORDER BY id")
    assert lines == [
        ("joined", "viewer, Traced organisation"),
        ("signed in", ""),
        ("added a second factor", "app for codes"),
        ("added a second factor", "recovery codes"),
        ("signed out", ""),
    ]
    page = re.sub(r"<[^>]+>", " ", site.lead.get("/audit").text)
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d\s+A chosen name\s+joined\s+viewer\s*,\s+Traced organisation", page)
    with speak_in("fi"):
        joined, role, app = say_plain("act_joined"), say_plain("role_viewer"), say_plain("account_codes_app")
    site.lead.languages = "fi"
    try:
        page = re.sub(r"<[^>]+>", " ", site.lead.get("/audit").text)
    finally:
        site.lead.languages = ""
    assert re.search(rf"A chosen name\s+{joined}\s+{role}\s*,\s+Traced organisation", page)
    assert app in page
    assert "app for codes" not in page


_COLUMNS = '(id, at, who, what, "on")'
_SAME_LINE = "SELECT id, at, 'x', what, \"on\" FROM workbench_entry LIMIT 1"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE workbench_entry SET who = 'x'",
        "DELETE FROM workbench_entry",
        f"INSERT OR REPLACE INTO workbench_entry {_COLUMNS} {_SAME_LINE}",
        f"REPLACE INTO workbench_entry {_COLUMNS} {_SAME_LINE}",
        "UPDATE OR REPLACE workbench_entry SET id = 1 WHERE id = 2",
        f"INSERT INTO workbench_entry {_COLUMNS} {_SAME_LINE} ON CONFLICT (id) DO UPDATE SET who = 'x'",
    ],
)
def test_line_that_stands_is_neither_changed_nor_deleted(site: Workbench, change: str) -> None:
    assert site.lead.get("/audit").status == 200
    before = asked(site, "SELECT * FROM workbench_entry ORDER BY id")
    with pytest.raises(sqlite3.IntegrityError, match="the audit trail is only added to"):
        asked(site, change)
    assert asked(site, "SELECT * FROM workbench_entry ORDER BY id")[: len(before)] == before != []


def test_older_lines_are_on_the_next_page(site: Workbench) -> None:
    assert site.lead.get("/audit").status == 200
    line = ("2026-01-01 00:00:00", "somebody", "did something", "numbered")
    for number in range(120):
        asked(
            site,
            'INSERT INTO workbench_entry (at, who, what, "on") VALUES (?, ?, ?, ?)',
            (*line[:3], f"{line[3]} {number}."),
        )
    first = site.lead.get("/audit").text
    older = re.search(r'href="(/audit\?before=\d+)"', first)
    assert older
    assert ("numbered 119." in first, "numbered 20." in first, "numbered 19." in first) == (True, True, False)
    second = site.lead.get(older.group(1)).text
    assert ("numbered 20." in second, "numbered 19." in second) == (False, True)


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 40, "١٢"])
def test_odd_place_in_the_trail_is_the_beginning(site: Workbench, odd: str) -> None:
    assert site.lead.get(f"/audit?before={odd.encode().hex() if not odd.isascii() else odd}").status == 200


def content_of(file: Path) -> bytes:
    """What is in a file; nothing of the key of them all, or of a journal that SQLite removed meanwhile."""
    try:
        return b"" if file.name == "secret" else file.read_bytes()
    except FileNotFoundError:
        return b""


def test_secrets_of_accounts_are_in_no_file_in_clear(site: Workbench) -> None:
    somebody = site.member("viewer", ["sv"])
    site.lead.get("/audit")
    everything = b"".join(map(content_of, site.data.iterdir()))
    assert everything.count(b"workbench_entry") > 0  # it is the database that was looked through
    for secret in (somebody.secret, PASSWORD, *somebody.codes):
        assert secret.encode() not in everything
    # the session's own key does lie there: it opens nothing but the session, for eight hours
    assert asked(site, "SELECT count(*) FROM django_session WHERE session_key = ?", (somebody.cookies["session"],)) == [
        (1,)
    ]
