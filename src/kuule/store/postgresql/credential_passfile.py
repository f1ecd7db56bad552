"""The password of a file that systemd hands over as a credential (LoadCredential=).

libpq reads a password file only if neither group nor others have a right to it. systemd gives a service its credentials
by an access list, which shows as a right of the group (0440), so that libpq passes such a file by and the server lets
nobody in. In the folder of credentials nobody else can look; a file anywhere else is left to libpq and its rule.
https://www.postgresql.org/docs/current/libpq-pgpass.html
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_FIELD = re.compile(r"((?:\\.|[^:\\])*)(?::|$)")
_FIELDS = 5
_SOCKET_HOST = "localhost"


def with_credential(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a connection, with the password in the place of a password file among the credentials. They are
    as they were where the file is elsewhere, cannot be read, or has no line for this server."""
    path, folder = str(params.get("passfile", "")), os.environ.get("CREDENTIALS_DIRECTORY", "")
    if not path or not folder or not Path(path).is_relative_to(folder):
        return dict(params)
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return dict(params)
    hosts, ports = (str(params.get(name, "")).split(",") for name in ("host", "port"))
    login = (str(params.get("dbname", "")), str(params.get("user", "")))
    found = (password_for(text, (_host(host), port, *login)) for host, port in zip(hosts, ports, strict=True))
    password = next((one for one in found if one is not None), None)
    if password is None:
        return dict(params)
    return {name: value for name, value in params.items() if name != "passfile"} | {"password": password}


def password_for(text: str, wanted: Sequence[str]) -> str | None:
    """The password of the first line that fits host, port, database and user; None if none does."""
    for line in text.splitlines():
        fields = [re.sub(r"\\(.)", r"\1", one) for one in _FIELD.findall(line)][:_FIELDS]
        if line.startswith("#") or len(fields) < _FIELDS:
            continue
        if all(given in ("*", one) for given, one in zip(fields, wanted, strict=False)):
            return fields[-1]
    return None


def _host(host: str) -> str:
    """What a password file calls it: a socket is of this machine."""
    return _SOCKET_HOST if host.startswith("/") else host
