"""The name of the configured database for a person: never the user, never the password."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.conf import settings as configured
from django.db import connection

from kuule.store.address import place_of


def place() -> str:
    """A path, or a PostgreSQL address with nothing to log in with."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return unquote(urlsplit(str(settings["NAME"])).path)
    return place_of(settings["HOST"], settings["PORT"], settings["NAME"])


def is_server() -> bool:
    """Whether a server keeps the answers: its log has the time and the order of all that came since the last rewriting.
    A file tells part of the order, and when the last one came."""
    return configured.configured and connection.vendor == "postgresql"
