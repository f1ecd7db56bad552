"""What the database stores: sealed responses, sealed drafts of paused visits, the row ids of withdrawn responses,
counters, links that are switched off, what was ordered of the field period, services that are hidden, and the identity
and the audience of the store.

The only times in it are the last week of a draft and the day on which the survey was closed. No counter is below ten,
and there is no address, and no language of a response.
"""

from __future__ import annotations

from django.db import models

from kuule.store.fields import RowIdField


class Response(models.Model):
    """One envelope under its random id. `key_id` names its key (8 bytes); the header of the envelope names the edition.

    `tag` is a slow hash of the code that withdraws the response (`sealing.return_code_hashes`), and is in no archive.
    It is None in rows from before there were tags, whose id is a hash of the code.
    """

    row_id = RowIdField(primary_key=True)
    key_id: models.BinaryField[bytes, bytes] = models.BinaryField(max_length=8)
    envelope: models.BinaryField[bytes, bytes] = models.BinaryField()
    tag: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(max_length=16, null=True)

    def __str__(self) -> str:
        return "a sealed response"


class Draft(models.Model):
    """A paused visit, sealed to its pause code. It is stored until the end of `last_week` (`rows.drafts.week_number`).

    `visit` is the same for all drafts of a visit and leads to no response (`sealing.return_code_hashes`). It is None in
    older drafts.
    """

    draft_id = RowIdField(primary_key=True)
    last_week: models.IntegerField[int, int] = models.IntegerField()
    sealed: models.BinaryField[bytes, bytes] = models.BinaryField()
    visit: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(max_length=8, null=True)

    def __str__(self) -> str:
        return "a sealed draft"


class Withdrawal(models.Model):
    """A tombstone: the row id of a response that was withdrawn, or of a visit that was ended."""

    row_id = RowIdField(primary_key=True)

    def __str__(self) -> str:
        return "an id of what was taken back"


class Counter(models.Model):
    """How many responses were sent at least, in steps of ten, by language or by link (`rows.counters`)."""

    counter_id = RowIdField(primary_key=True)
    kind: models.CharField[str, str] = models.CharField(max_length=8)
    name: models.CharField[str, str] = models.CharField(max_length=35)
    steps: models.IntegerField[int, int] = models.IntegerField()

    def __str__(self) -> str:
        return "a counter in steps of ten"


class SwitchedOff(models.Model):
    """The code of a partner's link that is switched off (`rows.switched_off_links`). Its id is made from the code."""

    link_id = RowIdField(primary_key=True)
    code: models.CharField[str, str] = models.CharField(max_length=8)

    def __str__(self) -> str:
        return "a link that is switched off"


class FieldControl(models.Model):
    """At most one row: what was ordered of the field period (`rows.field_control`). Its id is always the same."""

    control_id = RowIdField(primary_key=True)
    latest_order: models.CharField[str, str] = models.CharField(max_length=8, default="")
    closed_on: models.CharField[str, str] = models.CharField(max_length=10, default="")
    finish_days: models.IntegerField[int, int] = models.IntegerField(default=0)
    launched: models.IntegerField[int, int] = models.IntegerField(default=0)

    def __str__(self) -> str:
        return "what was ordered of the field period"


class HidingOrder(models.Model):
    """An order that pages do not show a service (`rows.hidden_services`). The id is made from the country and the name
    of the service, and nothing else of it is stored."""

    service_id = RowIdField(primary_key=True)

    def __str__(self) -> str:
        return "an order that hides a service"


class Identity(models.Model):
    """One row: the random number of this store (`location.identity`), its audience (`rows.store_audience`), "" until a
    collector has used it, and the day of the backup that it was restored from, "" once what was withdrawn since has
    been applied (`rows.restored_store`)."""

    identity_id = RowIdField(primary_key=True)
    audience: models.CharField[str, str] = models.CharField(max_length=16, default="")
    restored_from: models.CharField[str, str] = models.CharField(max_length=10, default="")

    def __str__(self) -> str:
        return "which store this is"
