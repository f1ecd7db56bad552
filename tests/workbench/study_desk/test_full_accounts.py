"""The disk of the accounts is full: a page says so in words, what was typed is on it, and nothing has changed."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.workbench.accounts_file import asked
from tests.workbench.study_desk.conftest import LeadDesk
from tests.workbench.study_desk.test_text_files import REPORT, hidden, typed_in
from tests.workbench.study_desk.test_texts import ADDRESS
from tests.workbench.study_desk.test_visit import processes_of

if not hasattr(resource, "prlimit"):
    pytest.skip("the limit of another process is set on Linux alone", allow_module_level=True)


@contextmanager
def full_accounts(desk: LeadDesk) -> Iterator[None]:
    """Within this, what the site writes to its accounts grows over what a file may have: somebody reads them all the
    while, so that each change goes to the end of the journal."""
    accounts = desk.site.data / "accounts.sqlite3"
    with closing(sqlite3.connect(accounts, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM workbench_entry").fetchall()
        while (size := accounts.with_name("accounts.sqlite3-wal").stat().st_size) < 64 * 1024:
            asked(desk.site, "UPDATE workbench_organisation SET name = name")
        workers = [one for one, command in processes_of(desk.site.process) if "visit_process" not in command]
        limits = {one: resource.prlimit(one, resource.RLIMIT_FSIZE) for one in workers}
        for one, (_, hard) in limits.items():
            resource.prlimit(one, resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            for one, before in limits.items():
                resource.prlimit(one, resource.RLIMIT_FSIZE, before)


def files_of(study: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}


def test_full_disk_of_the_accounts_is_said_and_nothing_changed(desk: LeadDesk) -> None:
    report = (desk.site.study / "report.md").read_text("utf-8")
    new = f"{report}\nA paragraph that is not lost.\n"
    compared = typed_in(desk, REPORT, new)
    text = desk.lead.get(ADDRESS)
    before, trail = files_of(desk.site.study), desk.trail
    order = {"text": new, "seen": hidden(compared, "seen"), "checked": hidden(compared, "checked"), "go": "take"}
    with full_accounts(desk):
        assert desk.lead.get("/study/").status == 200
        taken = desk.lead.post(REPORT, order)
        changed = desk.lead.post(ADDRESS, {"text": "What is your age?", "seen": hidden(text, "seen")})
        invited = desk.lead.post("/people", {"role": "viewer", "language": "sv", "organisation": "Another partner"})
    for reply, typed in ((taken, "A paragraph that is not lost."), (changed, "What is your age?"), (invited, "viewer")):
        assert (reply.status, "Something is in the way" in reply.text) == (503, True)
        assert "WORKBENCH_012" in reply.text
        assert typed in reply.text
    assert (files_of(desk.site.study), desk.trail) == (before, trail)
    assert "It is taken." in desk.lead.follow(desk.lead.post(REPORT, order)).text
    assert desk.trail[0] == "changed a file"


def test_whoever_signs_in_is_told_too(desk: LeadDesk) -> None:
    visitor = desk.site.visitor()
    visitor.get("/sign-in")
    with full_accounts(desk):
        reply = visitor.sign_in("lead-one")
    assert (reply.status, "Something is in the way" in reply.text) == (503, True)
    assert visitor.sign_in("lead-one").to.startswith("/sign-in/second")
