"""Every request is read as UTF-8, whatever it says of itself.

Django looks up the charset that a request names before anything of ours runs, and reads the address by it. Python has
codecs that break there (`rot13`, `punycode`): then the server's own trace of it would be in the log, with values.
No browser names a charset when it sends a form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_CHARSET = re.compile(r';\s*charset\s*=\s*(?:"[^"]*"?|[^;]*)', re.IGNORECASE)


def force_utf8(application: Application) -> Application:
    """The WSGI application without the charset that a request names."""

    def read(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        kind = environ.get("CONTENT_TYPE", "")
        return application({**environ, "CONTENT_TYPE": _CHARSET.sub("", kind)} if kind else environ, start_response)

    return read
