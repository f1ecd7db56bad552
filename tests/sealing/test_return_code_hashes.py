"""What the database knows of a code: frozen, another for each study, and nothing of it in the other or in a row id."""

from __future__ import annotations

from kuule.sealing.return_code_hashes import hash_code
from kuule.sealing.return_codes import ReturnCode, legacy_row_id, new_code

CODE = ReturnCode("12345678901234567891")


def test_hashes_of_a_code_are_frozen() -> None:
    """Rows and drafts that are kept were written with these: another hash would find none of them."""
    found = hash_code("our-voice", CODE)
    assert (found.tag.hex(), found.tie.hex(), repr(found)) == (
        "70c8fca309cea8d32c6a18dd27fb183b",
        "e06317412c96c291",
        "<hashes of a code>",
    )


def test_each_study_and_each_code_has_its_own() -> None:
    found = [hash_code(study, code) for study in ("our-voice", "small-study") for code in (CODE, new_code())]
    assert len({part for hashes in found for part in (hashes.tag[:8], hashes.tie)}) == 2 * len(found)


def test_row_id_is_in_none_of_them() -> None:
    found = hash_code("our-voice", CODE)
    parts = (found.tag[:8], found.tag[8:], found.tie)
    # A row id is the first 63 bits of eight bytes: they would stand one place to the right of where they were taken.
    numbers = {int.from_bytes(part, "big") for part in parts}
    assert legacy_row_id("our-voice", CODE) not in numbers | {number >> 1 for number in numbers}
