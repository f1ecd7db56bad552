"""What an errand made is kept for a while, and found again by each key that it goes by."""

from __future__ import annotations

import pytest

from kuule.workbench.errands.errand_process import ErrandKind
from kuule.workbench.errands.packed_files import MOST_MADE_BYTES, PackedFiles, find_or_make_files

KIND = ErrandKind("no_module", "WORKBENCH_020", "the files", "making them", "make them elsewhere")
HALF = MOST_MADE_BYTES // 2 + 1
"""Of two of these one is kept."""


class Desk:
    """Asks for files by keys that no other test has."""

    def made(self, content: bytes, *keys: str, key: str = "") -> bytes:
        """What is found, or made as this, by these keys; it is kept by `key`, or by the first."""
        key_of = (lambda _: (self, key)) if key else None
        return find_or_make_files(KIND, [(self, one) for one in keys], lambda: PackedFiles(content), key_of).content


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_was_made_is_found_by_its_key_and_by_no_other(desk: Desk) -> None:
    assert [desk.made(b"1", "a"), desk.made(b"2", "a"), desk.made(b"3", "b")] == [b"1", b"1", b"3"]


def test_what_was_made_says_by_which_key_it_is_kept(desk: Desk) -> None:
    assert desk.made(b"1", "for all", "for some", key="for some") == b"1"
    assert desk.made(b"2", "for all") == b"2"
    assert desk.made(b"3", "for all", "for some") == b"2"


def test_what_was_made_first_goes_where_all_of_it_would_be_too_large(desk: Desk) -> None:
    assert [len(desk.made(bytes(HALF), "a")), len(desk.made(bytes(HALF), "b"))] == [HALF, HALF]
    assert [len(desk.made(b"", "b")), desk.made(b"", "a")] == [HALF, b""]
