"""The version of the accounts' tables: the number of the last migration. Each migration raises it."""

from __future__ import annotations

ACCOUNTS_VERSION = 8
