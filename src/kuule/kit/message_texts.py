"""Texts for mails and posts: for the person who may answer and for a friend who passes it on, each in two lengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.kit.kit_content import KitContent

MESSAGES: Mapping[str, tuple[str, ...]] = {
    f"{channel}-{reader}-{length}": (*(("subject",) if channel == "mail" else ()), f"{channel}_{reader}_{length}")
    for channel in ("mail", "post")
    for reader in ("person", "friend")
    for length in ("short", "long")
}
"""By the name of the file, without its ending: the names of the texts in it."""


@dataclass(frozen=True, slots=True)
class MessageText:
    """A text ready to be copied. `item` is the name of its file without `.txt`."""

    item: str
    text: str
    text_keys: tuple[str, ...]


def message_texts(content: KitContent) -> tuple[MessageText, ...]:
    """Every mail and post of a kit. The first line of a mail is its subject."""
    return tuple(MessageText(item, _message(content, keys), keys) for item, keys in MESSAGES.items())


def _message(content: KitContent, keys: tuple[str, ...]) -> str:
    parts = [content.say(key) for key in keys]
    first = f"{content.draft_note}\n\n" if content.draft_note else ""
    return first + "\n\n".join(parts) + "\n"
