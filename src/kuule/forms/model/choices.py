"""A choice as a person sees it: its label in one language, and the files beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Media:
    """The names of the files beside a label, "" if there is none.

    `description` says what the picture shows, for people who cannot see it; "" if the label says it all.
    """

    image: str = ""
    audio: str = ""
    description: str = ""


NO_MEDIA = Media()


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice that is offered. `label` is inline Markdown in the page's language."""

    value: str
    label: str
    media: Media = NO_MEDIA
