"""What a store keeps, counted: nothing in the product asks for these numbers."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from kuule.sealing.envelope_header import EDITION_LENGTH, EDITION_OFFSET


def count_by_edition() -> Mapping[str, int]:
    """Rows of every edition that an envelope names. A row that is damaged there is counted under what stands there."""
    edition = f"substr(envelope, {EDITION_OFFSET + 1}, {EDITION_LENGTH})"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {edition} AS edition, count(*) FROM store_response GROUP BY edition")
        return {bytes(edition).hex(): int(rows) for edition, rows in cursor.fetchall()}


def count_responses(edition_id: str) -> int:
    """How many responses of an edition are kept."""
    return count_by_edition().get(edition_id, 0)
