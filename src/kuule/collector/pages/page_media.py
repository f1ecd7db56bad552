"""Pictures and sounds beside texts: what a page shows of them, and the content security policy that allows it.

A page loads only its own, each of them small, and a sound is not fetched before it is played.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse

from kuule.forms.model.choices import NO_MEDIA, Choice, Media
from kuule.forms.navigation.page import Note, Page, Question
from kuule.study.edition.study_edition import Edition
from kuule.study.media.medium import parse_media_name
from kuule.web.headers import CONTENT_SECURITY_POLICY


@dataclass(frozen=True, slots=True)
class MediaView:
    """The media beside one text, for `questions/media.html`. An address is "" where there is none."""

    image: str
    audio: str
    width: int
    height: int
    description: str


def media_view(media: Media) -> MediaView | None:
    """The media of a text; None where it has none, as most."""
    if media is NO_MEDIA or not (media.image or media.audio):
        return None
    name = parse_media_name(media.image)
    return MediaView(
        image=f"/{media.image}" if name else "",
        audio=f"/{media.audio}" if parse_media_name(media.audio) else "",
        width=name.width if name else 0,
        height=name.height if name else 0,
        description=media.description,
    )


def choice_media_views(choices: Iterable[Choice]) -> dict[str, MediaView]:
    """The media of choices, by their value."""
    made = ((choice.value, media_view(choice.media)) for choice in choices if choice.media is not NO_MEDIA)
    return {value: one for value, one in made if one is not None}


def allow_media(response: HttpResponse, edition: Edition, page: Page) -> HttpResponse:
    """The response with a policy that lets this page load the kinds of media it shows. Other pages keep the strict
    one."""
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
