"""What the database keeps: sealed responses. No time, no counter, no address, no language."""

from __future__ import annotations

from django.db import models

from kuule.store.fields import RowIdField


class Response(models.Model):
    """One envelope under its random id. `key_id` names the key (8 bytes); the envelope's header names the edition."""

    row_id = RowIdField(primary_key=True)
    key_id: models.BinaryField[bytes, bytes] = models.BinaryField(max_length=8)
    envelope: models.BinaryField[bytes, bytes] = models.BinaryField()

    def __str__(self) -> str:
        return "a sealed response"
