"""What a token holds, compressed: JSON in zlib's format (RFC 1950), with the names of the edition's form as dictionary.

A page carries the token down and up again, so that the respondent pays twice for each of its bytes. Most of its content
are names of questions, pages and choices; with the dictionary each takes two or three bytes. The format names the
dictionary by its checksum, and so the edition.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from kuule.forms.compile.form import Form
from kuule.sealing.padding import ContentTooLong

MAX_CONTENT_BYTES = 64 * 1024
"""Bytes of content: what the largest token could hold uncompressed, so that a small one never unfolds to more than
that."""
_WINDOW = 32 * 1024 - 262
"""How far deflate can look back, in bytes."""
_HAS_DICTIONARY = 0x20
"""The bit FDICT of the second byte: the id of the dictionary follows."""
_NUMBER_START, _NUMBER_END = 2, 6
_CHECK = 31
"""The first two bytes are a multiple of this."""


class UnknownDictionary(ValueError):
    """The content was compressed with the dictionary of an edition that is not served."""


def compression_dictionary(form: Form, edition: str) -> bytes:
    """What the content of a visit probably repeats, the most probable at the end, as zlib wants it."""
    values = [f'"{choice.value}"' for item in form.items for choice in item.choices]
    pages = [f'"{item.page_key}",' for item in form.items if item.page_key]
    answers = [f'"{item.path}":"' for item in form.items]
    around = [f'{{"v":2,"edition":"{edition}","language":"en","link":"","code":"', '","reviewed":false,"begun":']
    frame = [*around, ',"visit":{"p":"/data/', '","s":', ',"a":{"', '"},"n":["', '"]}}']
    return "".join(dict.fromkeys((*values, *pages, *answers, *frame))).encode()[-_WINDOW:]


def dictionary_id(dictionary: bytes) -> int:
    """The id by which compressed content names its dictionary."""
    return zlib.adler32(dictionary)


def compress(content: bytes, dictionary: bytes) -> bytes:
    """The compressed content. Raises ContentTooLong for more than MAX_CONTENT_BYTES."""
    if len(content) > MAX_CONTENT_BYTES:
        raise ContentTooLong(len(content) - MAX_CONTENT_BYTES)
    packing = zlib.compressobj(zdict=dictionary)
    return packing.compress(content) + packing.flush()


def _has_dictionary_header(content: bytes) -> bool:
    """Whether it has a header of zlib that names a dictionary (RFC 1950, section 2.2)."""
    if len(content) < _NUMBER_END:
        return False
    kind, flags = content[0] & 0x0F, content[1]
    return kind == zlib.DEFLATED and flags & _HAS_DICTIONARY > 0 and int.from_bytes(content[:2], "big") % _CHECK == 0


def decompress(packed: bytes, dictionaries: Mapping[int, bytes]) -> bytes:
    """The reverse, with one of these dictionaries, by id. Raises UnknownDictionary, and ValueError for other bytes."""
    if not _has_dictionary_header(packed):
        raise ValueError("nothing was packed here")
    number = int.from_bytes(packed[_NUMBER_START:_NUMBER_END], "big")
    if number not in dictionaries:
        raise UnknownDictionary(f"dictionary {number:08x}")
    unpacking = zlib.decompressobj(zdict=dictionaries[number])
    try:
        content = unpacking.decompress(packed, MAX_CONTENT_BYTES)
    except zlib.error:
        raise ValueError("what was packed is damaged") from None
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("what was packed does not end where it should")
    return content
