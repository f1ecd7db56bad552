"""Pictures and sounds of an edition: what a page shows of them, the policy that lets it, and the files themselves.

They are not kept by browsers, as pages are not: left on a phone that is shared, a picture tells more of a visit than
its address does. A page asks for its own only, each is small, and a sound is not fetched before it is played.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse

from kuule.collector.editions import Editions
from kuule.collector.site import running_site
from kuule.forms.page import NO_MEDIA, Choice, Media, Note, Page, Question
from kuule.study.edition import Edition
from kuule.study.media.kinds import CONTENT_TYPES
from kuule.study.media.medium import hash_in, media_name
from kuule.web.headers import CONTENT_SECURITY_POLICY

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_PARTIAL, _NO_SUCH_PART = 206, 416


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one text, for `questions/media.html`: addresses are "" where there is none."""

    image: str
    audio: str
    width: int
    height: int
    description: str


def beside(media: Media) -> Beside | None:
    """None for the many texts that stand alone."""
    if media is NO_MEDIA or not (media.image or media.audio):
        return None
    name = media_name(media.image)
    return Beside(
        image=f"/{media.image}" if name else "",
        audio=f"/{media.audio}" if media_name(media.audio) else "",
        width=name.width if name else 0,
        height=name.height if name else 0,
        description=media.description,
    )


def beside_choices(choices: Iterable[Choice]) -> dict[str, Beside]:
    """What stands beside choices, by their value."""
    made = ((choice.value, beside(choice.media)) for choice in choices if choice.media is not NO_MEDIA)
    return {value: one for value, one in made if one is not None}


def allowing_media(response: HttpResponse, edition: Edition, page: Page) -> HttpResponse:
    """The response with a policy that lets this page load the kinds it shows; other pages keep the strict one."""
    if not edition.media:
        return response
    shown = tuple(_shown(page))
    images = "; img-src 'self'" if any(media.image for media in shown) else ""
    sounds = "; media-src 'self'" if any(media.audio for media in shown) else ""
    if images or sounds:
        response["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}{images}{sounds}"
    return response


def _shown(page: Page) -> Iterator[Media]:
    for part in (*page.parts, *page.waiting):
        if isinstance(part, Question | Note):
            yield part.media
        if isinstance(part, Question):
            yield from (choice.media for choice in part.choices)


def media_file(request: HttpRequest) -> HttpResponse:
    """A picture or a sound of any edition that is served, whole or in part: Safari plays no sound without parts."""
    site = running_site()
    name = request.path.removeprefix("/")
    if site.open is None or request.method == "POST":
        raise Http404
    content = _content(site.open.editions, name)
    kind = media_name(name)
    if content is None or kind is None:
        raise Http404
    response = _part(content, request.headers)
    response["Content-Type"] = CONTENT_TYPES[kind.suffix]
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(len(response.content))
    return response


def _content(editions: Editions, name: str) -> bytes | None:
    """The bytes, read anew from the edition's folder and held to the hash in their name."""
    for offer in editions.offers:
        if name in offer.edition.media and offer.folder is not None:
            try:
                content = (offer.folder / name).read_bytes()
            except OSError:
                continue
            if sha256(content).hexdigest().startswith(hash_in(name)):
                return content
    return None


def _part(content: bytes, headers: Mapping[str, str]) -> HttpResponse:
    """One range (RFC 9110, 14). Who asks for several, or by a validator that was never sent, gets the whole."""
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
