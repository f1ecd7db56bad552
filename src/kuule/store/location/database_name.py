"""The name of the configured database as people are shown it: never with the user or the password."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import unquote, urlsplit

from django.conf import settings as configured
from django.db import connection, connections

from kuule.store.location.database_address import display_address

_FILE = "file:"


def database_name() -> str:
    """A path, or a PostgreSQL address without user and password.

    Every page needs it, so it is read from the settings: finding the connection of a thread takes longer.
    """
    settings = connections.settings["default"]
    name = str(settings["NAME"])
    return path_in(name) if name.startswith(_FILE) else display_address(settings["HOST"], str(settings["PORT"]), name)


@lru_cache(maxsize=4)
def path_in(name: str) -> str:
    """The path of a database file, by its name in Django's settings."""
    return unquote(urlsplit(name).path)


def is_cluster() -> bool:
    """Whether the configured database is on several servers, of which one takes writes and the others follow it."""
    return "," in str(connections.settings["default"].get("HOST", ""))


def is_database_server() -> bool:
    """Whether the responses are on a database server. Its log has the times and the order of all responses since the
    last rewriting; a file reveals only part of the order, and when the last response came."""
    return configured.configured and connection.vendor == "postgresql"
