"""What the database keeps: sealed responses, sealed drafts of those who paused, ids of what was taken back, counters,
links that are switched off, and which store it is.

No time but the last week of a draft, no counter of fewer than ten, no address, no language beside a response.
"""

from __future__ import annotations

from django.db import models

from kuule.store.fields import RowIdField


class Response(models.Model):
    """One envelope under its random id. `key_id` names the key (8 bytes); the envelope's header names the edition.

    `tag` is a slow hash of the code that takes it back (`sealing.return_code_hashes`), and is in no archive; None in
    rows from before, whose id is a hash of the code.
    """

    row_id = RowIdField(primary_key=True)
    key_id: models.BinaryField[bytes, bytes] = models.BinaryField(max_length=8)
    envelope: models.BinaryField[bytes, bytes] = models.BinaryField()
    tag: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(max_length=16, null=True)

    def __str__(self) -> str:
        return "a sealed response"


class Draft(models.Model):
    """A paused visit, sealed to its pause code. Kept to the end of `last_week` (`store.rows.drafts.week_number`).

    `visit` is the same for all drafts of a visit and leads to no row (`sealing.return_code_hashes`); None in older
    ones.
    """

    draft_id = RowIdField(primary_key=True)
    last_week: models.IntegerField[int, int] = models.IntegerField()
    sealed: models.BinaryField[bytes, bytes] = models.BinaryField()
    visit: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(max_length=8, null=True)

    def __str__(self) -> str:
        return "a sealed draft"


class Withdrawal(models.Model):
    """An id under which nothing is kept any more."""

    row_id = RowIdField(primary_key=True)

    def __str__(self) -> str:
        return "an id of what was taken back"


class Counter(models.Model):
    """How many sent at least, in steps of ten, by language or by link (`store.counters`)."""

    counter_id = RowIdField(primary_key=True)
    kind: models.CharField[str, str] = models.CharField(max_length=8)
    name: models.CharField[str, str] = models.CharField(max_length=35)
    steps: models.IntegerField[int, int] = models.IntegerField()

    def __str__(self) -> str:
        return "a counter in steps of ten"


class SwitchedOff(models.Model):
    """The code of a partner's link that is switched off (`store.switches`). Its place comes from its code."""

    link_id = RowIdField(primary_key=True)
    code: models.CharField[str, str] = models.CharField(max_length=8)

    def __str__(self) -> str:
        return "a link that is switched off"


class Identity(models.Model):
    """One row: the random number of this store (`store.identity`)."""

    identity_id = RowIdField(primary_key=True)

    def __str__(self) -> str:
        return "which store this is"
