"""Connections to PostgreSQL, of which each process has only a few."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base

from kuule.store.postgresql.cluster import note_member, order_members
from kuule.store.postgresql.connection_options import CONNECT_SECONDS
from kuule.store.postgresql.credential_passfile import with_credential

MAX_CONNECTIONS = 8
"""The most connections of a process, including those of `transactions.writer` and `transactions.readers`: a worker has
hundreds of threads, and a server has 100 connections by default. If all are in use, a thread waits."""


class _Places:
    """Counts the connections that this process may still open. A fork begins with the full number."""

    free = threading.BoundedSemaphore(MAX_CONNECTIONS)

    @classmethod
    def begin_anew(cls) -> None:
        cls.free = threading.BoundedSemaphore(MAX_CONNECTIONS)


os.register_at_fork(after_in_child=_Places.begin_anew)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django requires the name."""

    __leave: Callable[[], Any] | None = None

    def get_connection_params(self) -> dict[str, Any]:
        return with_credential(super().get_connection_params())

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        free = _Places.free
        if not free.acquire(timeout=CONNECT_SECONDS):
            raise OperationalError("every connection of this process is in use") from TooManyConnections()
        try:
            connection = super().get_new_connection(order_members(conn_params))
        except BaseException:
            free.release()
            raise
        self.__leave = weakref.finalize(connection, free.release)
        note_member(connection.info.host, connection.info.port)
        return connection

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # left out of django-stubs
        finally:
            if self.__leave is not None:
                self.__leave()


class TooManyConnections(Exception):
    """Takes the place of psycopg's error: `sqlstate` is what the server itself would give."""

    sqlstate = "53300"
