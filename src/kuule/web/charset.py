"""Reads every request as UTF-8, whatever charset it names.

Django looks up the charset that a request names before any code of ours runs, and decodes the address with it. Some of
Python's codecs (`rot13`, `punycode`) fail there, and the server would then log a traceback of its own, with values in
it. No browser names a charset when it sends a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kuule.web.handler_types import Application, Environ, StartResponse

_CHARSET = re.compile(r';\s*charset\s*=\s*(?:"[^"]*"?|[^;]*)', re.IGNORECASE)


def force_utf8(application: Application) -> Application:
    """Wrap a WSGI application so that it never sees the charset that a request names."""

    def read(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        kind = environ.get("CONTENT_TYPE", "")
        return application({**environ, "CONTENT_TYPE": _CHARSET.sub("", kind)} if kind else environ, start_response)

    return read
