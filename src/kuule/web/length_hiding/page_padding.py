"""The size of a page when it is sent: compressed, then padded to one of a few sizes, so that its length reveals little.

Someone who watches an encrypted connection sees how long a page is, and could tell one answer from another. Compression
makes a page small, but its length then depends on every letter. So it is padded after compression, in a field of the
gzip header that browsers ignore (RFC 1952, FEXTRA). If a browser does not accept gzip, the page itself is padded.
Decisions 0008 and 0042 say what can still be seen, and why a secret in a compressed page is safe here.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, Self

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from kuule.web.handler_types import GetResponse

MIN_COMPRESSED = 4 * 1024
"""In bytes. A compressed page has the common size of all pages of its site; a larger one has 4, 8, 16, 32 or 64 KiB, or
a larger multiple of 32 KiB."""
_EVEN_FROM = 32 * 1024
UNCOMPRESSED_STEP = 16 * 1024
"""In bytes. The size of a page that is not compressed is a multiple of this."""
ANSWER_MARGIN = 256
"""How many bytes answers may add to a page before its size can change: a hundred choices, or a line of text."""
_LEVEL = 7
"""The level of zlib. It makes a list of countries 9 % smaller than level 3, and so all pages; see decision 0095."""
_AROUND = 10 + 2 + 4 + 8
"""The bytes of the header, of the length of its extra field, of the name and length of one subfield, and of the
trailer."""
_CHANCE = 64
"""By how many bytes two compressed tokens may differ. If the size of a page is this close to a step, it is computed
with a fixed token."""
_HEADER = b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff"
"""The header of gzip: deflate, with an extra field, no time, system unknown."""
_SUBFIELD = b"fi"
_FILLING = b"<!--%b-->"
_TAKES_GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))|,|$)", re.IGNORECASE)
_COMMON_STEP = 256
"""In bytes. What is common to all pages of a site tells nothing, so its step may be small."""
_LEAST_TOKEN = 2_048
"""The characters of the smallest token. A page without a token is padded by this many, so that it is as long as one
with a token."""
_LARGER_TOKEN = 256
"""In bytes. A `minimum` is found with the smallest token. A larger one makes the page around it larger too, as both are
written with the same codes: by 176 bytes with 4,096 characters, and by 536 with 65,536."""


class MinimumSize(NamedTuple):
    """The least bytes of every page of a site without its token, compressed and not compressed."""

    compressed: int
    uncompressed: int

    @classmethod
    def of_page(cls, page: bytes, token: bytes) -> Self:
        """The sizes of this page."""
        return cls(len(_deflated(page)) - len(_deflated(token)), len(page) - len(token))


NO_MINIMUM = MinimumSize(0, 0)
"""For a page that belongs to no site with a common size."""


class HtmlPage(HttpResponse):
    """A page before it is compressed and padded, which `pad_pages` does.

    `empty_page` is the same page with nothing chosen or typed, if anything is: its size is the one that counts. `token`
    is the text in the page that is different each time, and compresses to a few bytes more or less. `minimum` is the
    same for all pages that should have one size.
    """

    def __init__(
        self,
        content: bytes,
        empty_page: bytes = b"",
        token: bytes = b"",
        *,
        status: int = 200,
        minimum: MinimumSize = NO_MINIMUM,
    ) -> None:
        super().__init__(content, status=status, content_type="text/html; charset=utf-8")
        self.empty_page, self.token, self.minimum = empty_page, token, minimum

    def items(self) -> Iterable[tuple[str, str]]:
        """The headers. Django would make each of the eighteen by three calls from what it has stored."""
        return self.headers._store.values()


def pad_pages(get_response: GetResponse) -> GetResponse:
    """The outermost middleware: every page is compressed if the browser accepts that, and padded to one of a few
    sizes."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HtmlPage):
            if accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
                response["Content-Encoding"] = "gzip"
                response.content = compress_page(
                    response.content, response.empty_page, response.token, response.minimum
                )
            else:
                response.content = pad_uncompressed(
                    response.content, response.empty_page, response.token, response.minimum
                )
            response["Content-Length"] = str(len(response.content))
        return response

    return middleware


def accepts_gzip(accepted: str) -> bool:
    """Whether a browser that says `Accept-Encoding: accepted` accepts gzip (RFC 9110, section 12.5.3; no browser says
    "*")."""
    return _TAKES_GZIP.search(accepted) is not None


def compress_page(page: bytes, empty_page: bytes = b"", token: bytes = b"", minimum: MinimumSize = NO_MINIMUM) -> bytes:
    """The page as gzip, in one of a few sizes: if it fits, in the common size of all pages with this `minimum`."""
    squeezed = _deflated(page)
    size = _common_size(minimum, len(token)) if minimum.compressed else 0
    if len(squeezed) + _AROUND > size:
        size = max(size, _own_size(page, squeezed, empty_page, token))
    filling = bytes(size - _AROUND - len(squeezed))
    extra = _SUBFIELD + struct.pack("<H", len(filling)) + filling
    trailer = struct.pack("<II", zlib.crc32(page), len(page) & 0xFFFFFFFF)
    return b"".join((_HEADER, struct.pack("<H", len(extra)), extra, squeezed, trailer))


@lru_cache(maxsize=64)  # each edition has a few sizes of tokens
def _common_size(minimum: MinimumSize, token: int) -> int:
    """The size, in whole steps, with room for the `minimum` of all pages and for a token of this many characters."""
    beside = _LARGER_TOKEN + token // 128 if token > _LEAST_TOKEN else 0
    sealed = len(_deflated(sample_token(token or _LEAST_TOKEN)))
    length = minimum.compressed + sealed + beside + ANSWER_MARGIN + _AROUND
    return max(MIN_COMPRESSED, length + -length % _COMMON_STEP)


def _own_size(page: bytes, squeezed: bytes, empty_page: bytes, token: bytes) -> int:
    """The size of a page that is larger than the other pages of its site, or is the only one. It depends on the
    questions only."""
    minimum = len(_deflated(empty_page) if empty_page else squeezed) + ANSWER_MARGIN
    if token and _packed_size(minimum - _CHANCE) != _packed_size(minimum + _CHANCE):
        minimum = len(_deflated((empty_page or page).replace(token, sample_token(len(token)), 1))) + ANSWER_MARGIN
    return _packed_size(max(minimum, len(squeezed)))


def pad_uncompressed(
    page: bytes, empty_page: bytes = b"", token: bytes = b"", minimum: MinimumSize = NO_MINIMUM
) -> bytes:
    """The page with a comment at its end that pads it to whole steps, and at least to the common size of the site."""
    around = len(_FILLING) - len(b"%b")
    common = minimum.uncompressed + (len(token) or _LEAST_TOKEN) if minimum.uncompressed else 0
    size = max(len(empty_page or page) + ANSWER_MARGIN, common + ANSWER_MARGIN, len(page)) + around
    return page + _FILLING % (b"." * (size + -size % UNCOMPRESSED_STEP - around - len(page)))


@lru_cache(maxsize=8)
def sample_token(length: int) -> bytes:
    """A text of this length that compresses like a token, but is always the same."""
    return base64.urlsafe_b64encode(hashlib.shake_256(b"kuule").digest(length))[:length]


def _packed_size(squeezed: int) -> int:
    """The smallest of the few sizes that has room for this many bytes of deflate."""
    length, size = squeezed + _AROUND, MIN_COMPRESSED
    while size < length and size < _EVEN_FROM:
        size *= 2
    return size if length <= size else length + -length % _EVEN_FROM


def _deflated(page: bytes) -> bytes:
    """Raw deflate (RFC 1951)."""
    return zlib.compress(page, _LEVEL, -zlib.MAX_WBITS)
