"""The keys of a form's texts (`form:/data/age:label`). PO files and editions contain them, so they are a file
format."""

from __future__ import annotations


def form_text_key(path: str, kind: str) -> str:
    """The key of a text of a question or group. `kind` is label, hint, guidance_hint and so on."""
    return f"form:{path}:{kind}"


def choice_text_key(list_name: str, value: str) -> str:
    return f"choice:{list_name}/{value}:label"


MEDIA_KINDS = ("image", "audio")
"""The kinds of files that can stand beside a text."""
IMAGE_DESCRIPTION = "image-description"
"""The kind of the text that says what a picture shows and is read in its place (pyxform issue 759)."""


def media_text_key(label_key: str, kind: str) -> str:
    """The key of a file, or of a picture's description, beside the label with that key: `form:/data/age:image`."""
    return f"{label_key.rpartition(':')[0]}:{kind}"


def is_media_key(key: str) -> bool:
    """Whether a key is that of a file beside a text."""
    return key.rpartition(":")[2] in MEDIA_KINDS
