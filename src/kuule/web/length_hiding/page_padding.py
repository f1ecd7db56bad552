"""What a page weighs on the line: compressed, then filled up to one of few sizes, so that its length tells little.

Whoever watches a line that is closed still sees how long a page is, and could tell one answer from another. Compressing
makes a page small, and its length depend on every letter; so it is filled up after it is compressed, in a field of the
gzip header that browsers pass over (RFC 1952, FEXTRA). Where a browser takes no gzip the page is filled up as it is.
Decisions 0008 and 0042 say what is left to be seen, and why a secret in a compressed page is safe here.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, Self

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

MIN_COMPRESSED = 4 * 1024
"""Bytes. A compressed page has the size of all pages of its site; else 4, 8, 16, 32 or 64 KiB, or a larger multiple
of 32."""
_EVEN_FROM = 32 * 1024
UNCOMPRESSED_STEP = 16 * 1024
"""Bytes. A page that is not compressed has a multiple of this."""
ANSWER_MARGIN = 256
"""Bytes that what stands in the fields of a page may add before its size can change: a hundred choices, or a line."""
_LEVEL = 3
"""Of zlib: level 6 saves 3 % of a page and takes 1.7 times as long."""
_AROUND = 10 + 2 + 4 + 8
"""Bytes of the header, the length of its extra field, the name and length of one subfield, and the trailer."""
_CHANCE = 64
"""Bytes by which two tokens may differ when compressed; a page so near to a step is weighed with a fixed one."""
_HEADER = b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff"
"""gzip, deflate, with an extra field; no time, system unknown."""
_SUBFIELD = b"fi"
_FILLING = b"<!--%b-->"
_TAKES_GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))|,|$)", re.IGNORECASE)
_KIB = 1024
_LEAST_TOKEN = 2_048
"""Characters of the token for which a page without one has room, so that it is as long as those with the smallest."""
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class MinimumSize(NamedTuple):
    """Bytes that every page of a site has room for besides its token, compressed and not."""

    compressed: int
    uncompressed: int

    @classmethod
    def of_page(cls, page: bytes, token: bytes) -> Self:
        """What this page needs."""
        return cls(len(_deflated(page)) - len(_deflated(token)), len(page) - len(token))


NO_MINIMUM = MinimumSize(0, 0)
"""Of a page with no others beside it."""


class HtmlPage(HttpResponse):
    """A page of ours, still plain and as long as it is; `pad_pages` makes it ready for the line.

    `blank` is the same page with nothing chosen or typed, where something is: its size is the one that counts. `token`
    is the text in it that is another one each time, and compresses to a few bytes more or less. `least` is the same
    for all pages that are to have one size.
    """

    def __init__(
        self,
        content: bytes,
        blank: bytes = b"",
        token: bytes = b"",
        *,
        status: int = 200,
        least: MinimumSize = NO_MINIMUM,
    ) -> None:
        super().__init__(content, status=status, content_type="text/html; charset=utf-8")
        self.blank, self.token, self.least = blank, token, least


def pad_pages(get_response: GetResponse) -> GetResponse:
    """Middleware, the outermost: every page compressed where the browser takes it, and of one of few sizes."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HtmlPage):
            if accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
                response["Content-Encoding"] = "gzip"
                response.content = compress_page(response.content, response.blank, response.token, response.least)
            else:
                response.content = pad_uncompressed(response.content, response.blank, response.token, response.least)
            response["Content-Length"] = str(len(response.content))
        return response

    return middleware


def accepts_gzip(accepted: str) -> bool:
    """Whether a browser that says `Accept-Encoding: accepted` takes gzip (RFC 9110, section 12.5.3; none says "*")."""
    return _TAKES_GZIP.search(accepted) is not None


def compress_page(page: bytes, blank: bytes = b"", token: bytes = b"", least: MinimumSize = NO_MINIMUM) -> bytes:
    """The page as gzip of one of few sizes: where it fits, of the one that all pages with such a `least` have."""
    squeezed = _deflated(page)
    size = _common_size(least, len(token)) if least.compressed else 0
    if len(squeezed) + _AROUND > size:
        size = max(size, _own_size(page, squeezed, blank, token))
    filling = bytes(size - _AROUND - len(squeezed))
    extra = _SUBFIELD + struct.pack("<H", len(filling)) + filling
    trailer = struct.pack("<II", zlib.crc32(page), len(page) & 0xFFFFFFFF)
    return b"".join((_HEADER, struct.pack("<H", len(extra)), extra, squeezed, trailer))


@lru_cache(maxsize=64)  # a few sizes of tokens for each edition
def _common_size(least: MinimumSize, token: int) -> int:
    """Whole KiB for what all pages of a site have room for, and a token of so many characters."""
    length = least.compressed + len(_deflated(sample_token(token or _LEAST_TOKEN))) + ANSWER_MARGIN + _AROUND
    return max(MIN_COMPRESSED, length + -length % _KIB)


def _own_size(page: bytes, squeezed: bytes, blank: bytes, token: bytes) -> int:
    """The size of a page that is larger than others, or has none beside it: that of its own questions."""
    least = len(_deflated(blank) if blank else squeezed) + ANSWER_MARGIN
    if token and _packed_size(least - _CHANCE) != _packed_size(least + _CHANCE):
        least = len(_deflated((blank or page).replace(token, sample_token(len(token)), 1))) + ANSWER_MARGIN
    return _packed_size(max(least, len(squeezed)))


def pad_uncompressed(page: bytes, blank: bytes = b"", token: bytes = b"", least: MinimumSize = NO_MINIMUM) -> bytes:
    """The page with a comment at its end that fills it up to whole steps, and to what all pages of a site have."""
    around = len(_FILLING) - len(b"%b")
    common = least.uncompressed + (len(token) or _LEAST_TOKEN) if least.uncompressed else 0
    size = max(len(blank or page) + ANSWER_MARGIN, common + ANSWER_MARGIN, len(page)) + around
    return page + _FILLING % (b"." * (size + -size % UNCOMPRESSED_STEP - around - len(page)))


@lru_cache(maxsize=8)
def sample_token(length: int) -> bytes:
    """Always the same one of this length, made as if by chance."""
    return base64.urlsafe_b64encode(hashlib.shake_256(b"kuule").digest(length))[:length]


def _packed_size(squeezed: int) -> int:
    """The next of the few sizes for so many bytes of deflate."""
    length, size = squeezed + _AROUND, MIN_COMPRESSED
    while size < length and size < _EVEN_FROM:
        size *= 2
    return size if length <= size else length + -length % _EVEN_FROM


def _deflated(page: bytes) -> bytes:
    """Raw deflate (RFC 1951)."""
    return zlib.compress(page, _LEVEL, -zlib.MAX_WBITS)
