"""The files of pictures and sounds. Browsers do not store them, nor pages: on a shared phone, a picture would tell more
of a visit than its address does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse

from kuule.collector.http.collector_site import running_site
from kuule.collector.served.served_editions import ServedEditions
from kuule.study.media.media_formats import CONTENT_TYPES
from kuule.study.media.medium import hash_in_media_name, parse_media_name

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_PARTIAL, _NO_SUCH_PART = 206, 416


def media_file(request: HttpRequest) -> HttpResponse:
    """A picture or a sound of any edition that is served, whole or in part: Safari plays no sound without range
    requests."""
    site = running_site()
    name = request.path.removeprefix("/")
    if site.conversation is None or request.method == "POST":
        raise Http404
    content = _content(site.conversation.editions, name)
    if content is None:
        raise Http404
    return media_response(name, content, request.headers)


def media_response(name: str, content: bytes, headers: Mapping[str, str]) -> HttpResponse:
    """The content of a file with this name in an edition, or the part of it that the headers ask for. Raises Http404
    for a name that no edition has."""
    kind = parse_media_name(name)
    if kind is None:
        raise Http404
    response = _part(content, headers)
    response["Content-Type"] = CONTENT_TYPES[kind.suffix]
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(len(response.content))
    return response


def _content(editions: ServedEditions, name: str) -> bytes | None:
    """The bytes, read from the folder of the edition and checked against the hash in their name."""
    for served in editions.editions:
        if name in served.edition.media and served.folder is not None:
            try:
                content = (served.folder / name).read_bytes()
            except OSError:
                continue
            if sha256(content).hexdigest().startswith(hash_in_media_name(name)):
                return content
    return None


def _part(content: bytes, headers: Mapping[str, str]) -> HttpResponse:
    """One range (RFC 9110, section 14). A request for several, or with a validator that was never sent, gets the
    whole."""
    match = _RANGE.fullmatch(headers.get("Range", "").replace(" ", ""))
    if match is None or match.group() == "bytes=-" or "If-Range" in headers:
        return HttpResponse(content)
    first, last = match.groups()
    size = len(content)
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if first and last and int(last) < int(first):
        return HttpResponse(content)
    if start >= size or start >= end:
        response = HttpResponse(status=_NO_SUCH_PART)
        response["Content-Range"] = f"bytes */{size}"
        return response
    response = HttpResponse(content[start:end], status=_PARTIAL)
    response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response
