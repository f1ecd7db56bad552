"""A choice as a person sees it: its label in one language, and the files beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Media:
    """Names of files that stand beside a label, "" where there is none.

    `description` says what the picture shows to who does not see it; "" where the label says it all.
    """

    image: str = ""
    audio: str = ""
    description: str = ""


NO_MEDIA = Media()


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen. `label` is Markdown (inline) in the page's language."""

    value: str
    label: str
    media: Media = NO_MEDIA
