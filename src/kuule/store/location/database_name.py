"""The name of the configured database for a person: never the user, never the password."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import unquote, urlsplit

from django.conf import settings as configured
from django.db import connection, connections

from kuule.store.location.database_address import display_address

_FILE = "file:"


def database_name() -> str:
    """A path, or a PostgreSQL address with nothing to log in with.

    Asked for on every page: the settings are read as they are, as a thread's own connection takes long to be found.
    """
    settings = connections.settings["default"]
    name = str(settings["NAME"])
    return _path_in(name) if name.startswith(_FILE) else display_address(settings["HOST"], settings["PORT"], name)


@lru_cache(maxsize=4)
def _path_in(name: str) -> str:
    return unquote(urlsplit(name).path)


def is_database_server() -> bool:
    """Whether a server keeps the answers: its log has the time and the order of all that came since the last rewriting.
    A file tells part of the order, and when the last one came."""
    return configured.configured and connection.vendor == "postgresql"
