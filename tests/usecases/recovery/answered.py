"""A study that is being answered, with everything that a store can keep, and where its backups go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from kuule.helplines.service import service_id
from kuule.sealing.envelope import SealedResponse
from kuule.sealing.envelope_header import EnvelopeHeader
from kuule.store.database import close_connections, configure
from kuule.store.rows.counters import CounterKind, PartnerCounter, add_steps
from kuule.store.rows.drafts import SealedDraft, save_draft
from kuule.store.rows.field_control import change_field_control
from kuule.store.rows.hidden_services import set_service_hidden
from kuule.store.rows.responses import save_response
from kuule.store.rows.store_audience import claim_store_for
from kuule.store.rows.switched_off_links import switch_link
from kuule.store.rows.withdrawals import mark_visit_ended, withdraw_response
from kuule.study.edition.study_edition import Edition
from kuule.usecases.recovery.make_backup import MadeBackup, gather_sources, make_backup
from tests.store.conftest import Kept

DAY = date(2026, 11, 27)
TABLES = ("response", "withdrawal", "counter", "switchedoff", "hidingorder")
DRAFT = b"a draft that somebody paused " * 40


@dataclass(frozen=True)
class Answered:
    """`rows` are in the order of arrival; the first two were withdrawn."""

    folder: Path
    edition: Edition
    kept: Kept
    rows: tuple[SealedResponse, ...] = ()

    @property
    def url(self) -> str:
        return self.kept.url

    @property
    def backups(self) -> Path:
        folder = self.folder / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def sealed(self, count: int, random: Random, size: int = 4000) -> tuple[SealedResponse, ...]:
        """Rows of this edition; random bytes stand in the place of ciphertext."""
        key = self.edition.key.key_id
        header = EnvelopeHeader(key, self.edition.id).to_bytes()
        return tuple(
            SealedResponse(random.getrandbits(63), key, header + random.randbytes(size - len(header)))
            for _ in range(count)
        )

    def back_up(self, **options: Any) -> MadeBackup:
        """Make the backup of the day."""
        today = options.pop("today", DAY)
        sources = gather_sources([self.folder / "edition"], database=self.url, **options)
        return make_backup(self.backups, sources, today=today)


def answer(folder: Path, edition: Edition, kept: Kept, count: int = 20) -> Answered:
    """Answers with tags, two of them withdrawn; a visit that was ended, counters, a link that is off, a service that is
    hidden, a draft."""
    random = Random(5)
    found = replace(Answered(folder, edition, kept), rows=())
    rows = found.sealed(count, random)
    configure(kept.url)
    claim_store_for(edition.study.audience)
    for row in rows:
        save_response(row, random.randbytes(16))
    for row in rows[:2]:
        withdraw_response(row.row_id)
    mark_visit_ended(77)
    add_steps({PartnerCounter(CounterKind.LANGUAGE, "sv"): 3, PartnerCounter(CounterKind.LINK, "k7"): 1})
    switch_link("k7", on=False)
    set_service_hidden(service_id("SE", "A crisis line"), hidden=True)
    change_field_control(lambda control: replace(control, launched=True))
    save_draft(SealedDraft(99, 10**6, DRAFT, b"v" * 8), 5)
    close_connections()
    return replace(found, rows=rows)


def content_of(kept: Kept) -> dict[str, list[tuple[Any, ...]]]:
    """What a database has in the tables of a backup, asked without us."""
    return {
        table: sorted(tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in rows)
        for table in TABLES
        for rows in [kept.ask(f"SELECT * FROM store_{table}")]
    }
