"""Sealed rows for tests: made once, of one edition and one rehearsal key."""

from __future__ import annotations

from functools import cache
from random import Random

from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope import SealedResponse, seal

KEY = PrivateKey.generate(bytes(range(32)), rehearsal=True)
STUDY = "our-voice"
EDITION = "0f" * 32
MANIFEST = {"study": STUDY, "edition": EDITION}
FILES = {"edition.json": b'{"study": "our-voice"}', "texts/sv.json": '{"a": "blå"}'.encode()}
SIZE = 1280


def sealed(number: int, row_id: int, size: int = SIZE) -> SealedResponse:
    """The row of the person with this number, whose record says so."""
    record = f"person {number}".encode()
    return seal(record, key=KEY.public, study_id=STUDY, edition_id=EDITION, row_id=row_id, size=size)


@cache
def rows(count: int) -> tuple[SealedResponse, ...]:
    """So many rows in ascending order of their random ids; numbered in the order of arrival."""
    random = Random(count)
    ids = [random.getrandbits(63) for _ in range(count)]
    return tuple(sorted((sealed(number, row_id) for number, row_id in enumerate(ids)), key=lambda row: row.row_id))
