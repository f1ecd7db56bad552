"""The one style sheet. Browsers may cache it for a day: it contains no text, and otherwise every page would have to
contain it.

The privacy page says what this leaves on a device (`promise_limit_stored`); decision 0008 says why it is acceptable.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from kuule.web.length_hiding.page_padding import accepts_gzip

_FILE = Path(__file__).with_name("style.css")
CACHE_SECONDS = 24 * 60 * 60
"""As long as a visit can last. A new style sheet has a new address."""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """`address` is its path on this site, `compressed` its content as gzip."""

    address: str
    content: bytes
    compressed: bytes

    def response(self, request: HttpRequest) -> HttpResponse:
        """The style sheet, compressed if the browser accepts that. No shared cache may store it, because it would learn
        who visited."""
        gzipped = accepts_gzip(request.headers.get("Accept-Encoding", ""))
        content = self.compressed if gzipped else self.content
        headers = {"Cache-Control": f"private, max-age={CACHE_SECONDS}", "Content-Length": str(len(content))}
        if gzipped:
            headers["Content-Encoding"] = "gzip"
        return HttpResponse(content, content_type="text/css; charset=utf-8", headers=headers)


@lru_cache(maxsize=1)
def style_sheet() -> StyleSheet:
    """The style sheet. It is read once in each process."""
    content = _FILE.read_bytes()
    address = f"/style-{hashlib.sha256(content).hexdigest()[:12]}.css"
    return StyleSheet(address, content, gzip.compress(content, mtime=0))
