"""Keys as text that a person can copy, print and compare: a header line, base64, and a checksum against typing errors.

The layout is in docs/reference/envelope.md. Problems never quote the text, because it may be a secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from kuule.core.problems import KeyMaterialError, Problem

VERSION = 1
_COLUMNS = 64
_CHECK_BYTES = 4
_HEADER = re.compile(r"kuule (public|secret|protected) key, version ([0-9]{1,4}), (for rehearsal|for real answers)")
_PURPOSES = {True: "for rehearsal", False: "for real answers"}


@dataclass(frozen=True, slots=True)
class KeyText:
    """What the text of a key says. `kind` is "public", "secret" or "protected" (by a passphrase). Its repr omits the
    content."""

    kind: str
    rehearsal: bool
    content: bytes

    def __repr__(self) -> str:
        return f"KeyText({self.kind}, {_PURPOSES[self.rehearsal]})"


def rehearsal_byte(rehearsal: bool) -> bytes:
    """0x01 for a rehearsal key, 0x00 for a real one. It is hashed wherever a key is named, so that the mark cannot be
    removed."""
    return b"\x01" if rehearsal else b"\x00"


def write_key_text(key: KeyText, remark: str) -> str:
    """The text of a key. `remark` is one line for people (the fingerprint), which is not read back."""
    encoded = base64.b64encode(key.content + _check(key)).decode("ascii")
    lines = [encoded[start : start + _COLUMNS] for start in range(0, len(encoded), _COLUMNS)]
    header = f"kuule {key.kind} key, version {VERSION}, {_PURPOSES[key.rehearsal]}"
    return "\n".join([header, *lines, f"# {remark}", ""])


def key_text_kind(text: str) -> str:
    """The kind that a text states: "public", "secret" or "protected", or "" if it is not the text of a key."""
    lines = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
    header = _HEADER.fullmatch(lines[0]) if lines else None
    return header[1] if header else ""


def read_key_text(text: str, *, kind: str, length: int, place: str) -> KeyText:
    """The key in `text`, whose content must have `length` bytes. Empty lines and lines with # are ignored.

    Raises KeyMaterialError KEY_001 (not such a text), KEY_002 (of the other kind), KEY_003 (of a newer version),
    KEY_004 (a typing error, or a part is missing).
    """
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    header = _HEADER.fullmatch(lines[0]) if lines else None
    if header is None:
        remedy = f"give the file that begins with 'kuule {kind} key'"
        raise _problem("KEY_001", place, f"this is not the text of a {kind} key", remedy)
    if header[1] != kind:
        raise _problem("KEY_002", place, f"this is a {header[1]} key where a {kind} key belongs", _OTHER_KIND[kind])
    if int(header[2]) != VERSION:
        remedy = "use the version of Kuule that made it, or a newer one"
        raise _problem("KEY_003", place, f"the key's text is of version {int(header[2])}", remedy)
    return _checked(KeyText(kind, header[3] == _PURPOSES[True], _decoded("".join(lines[1:]))), length, place)


_OTHER_KIND = {
    "public": "give the public key, and keep the secret key away from this machine",
    "secret": "give the secret key, on a machine that is offline",
    "protected": "give the secret key that is protected by a passphrase",
}


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _checked(key: KeyText, length: int, place: str) -> KeyText:
    content, check = key.content[:-_CHECK_BYTES], key.content[-_CHECK_BYTES:]
    checked = KeyText(key.kind, key.rehearsal, content)
    if len(content) != length or check != _check(checked):
        cause = "the key was not copied whole, or a letter of it is wrong"
        raise _problem("KEY_004", place, cause, "copy it once more from the file or the sheet")
    return checked


def _check(key: KeyText) -> bytes:
    label = f"kuule {key.kind} key check {VERSION}".encode("ascii")
    return hashlib.sha256(label + b"\x00" + rehearsal_byte(key.rehearsal) + key.content).digest()[:_CHECK_BYTES]


def _problem(code: str, place: str, cause: str, remedy: str) -> KeyMaterialError:
    return KeyMaterialError(Problem(code, place, cause, remedy))
