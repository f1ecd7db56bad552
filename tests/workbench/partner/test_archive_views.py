"""The archive that a coordinator downloads: what the collector keeps, sealed; and nothing of it stays here."""

from __future__ import annotations

from pathlib import Path

from kuule.sealing.archive import ArchiveReader
from tests.workbench.accounts_file import asked
from tests.workbench.conftest import MARK, Collected
from tests.workbench.workbench_for_tests import Workbench


def test_coordinator_downloads_every_sealed_row_and_nobody_here_can_read_one(
    site: Workbench, collected: Collected, tmp_path: Path
) -> None:
    coordinator = site.member("coordinator")
    assert f"Edition {collected.edition.short}" in coordinator.get("/archive").text
    reply = coordinator.post("/archive", {"edition": collected.edition.short})
    named = f'attachment; filename="small-study-{collected.edition.short}.kuule-archive"'
    assert (reply.status, reply.headers["content-disposition"]) == (200, named)
    assert reply.headers["cache-control"] == "no-store"
    file = tmp_path / "a.kuule-archive"
    file.write_bytes(reply.body)
    assert MARK.encode() not in reply.body
    assert tuple(row for part in ArchiveReader(file).parts() for row in part.rows()) == collected.rows
    assert [path.name for path in site.data.iterdir() if path.name.startswith("archive-")] == []
    [(who, on)] = asked(site, "SELECT who, \"on\" FROM workbench_entry WHERE what = 'downloaded the archive'")
    assert (who.startswith("coordinator-"), on) == (True, f"edition {collected.edition.short}, 3 sealed answers")


def test_edition_that_was_not_named_is_not_to_be_had(site: Workbench) -> None:
    site.lead.get("/archive")
    assert site.lead.post("/archive", {"edition": "../../etc"}).status == 404
    assert site.lead.post("/archive").status == 404
