"""The type of a row id: 63 random bits, which are also the place of the row in its table (decision 0001)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    _Integer = models.BigIntegerField[int, int]
else:
    _Integer = models.BigIntegerField  # takes no parameters at run time


class RowIdField(_Integer):
    """A 63-bit integer. On SQLite the column is declared as INTEGER, because only then is it the rowid itself.

    Django's own BigIntegerField declares "bigint", and SQLite would then keep a second, hidden rowid that counts
    arrivals.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"
