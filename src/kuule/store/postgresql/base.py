"""Connections to PostgreSQL, of which a process has few."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base

from kuule.store.postgresql.connection_options import CONNECT_SECONDS

MAX_CONNECTIONS = 8
"""Connections of a process, those of `transactions.writer` and `transactions.readers` among them: a worker has hundreds
of threads, and a server has 100 connections by default. Whoever comes when all are in use waits."""


class _Places:
    """The free places for connections of this process. A fork begins with all of them."""

    free = threading.BoundedSemaphore(MAX_CONNECTIONS)

    @classmethod
    def begin_anew(cls) -> None:
        cls.free = threading.BoundedSemaphore(MAX_CONNECTIONS)


os.register_at_fork(after_in_child=_Places.begin_anew)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django requires the name."""

    __leave: Callable[[], Any] | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        free = _Places.free
        if not free.acquire(timeout=CONNECT_SECONDS):
            raise OperationalError("every connection of this process is in use") from TooManyConnections()
        try:
            connection = super().get_new_connection(conn_params)
        except BaseException:
            free.release()
            raise
        self.__leave = weakref.finalize(connection, free.release)
        return connection

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # left out of django-stubs
        finally:
            if self.__leave is not None:
                self.__leave()


class TooManyConnections(Exception):
    """Stands in for psycopg's error: `sqlstate` is what the server itself would give."""

    sqlstate = "53300"
