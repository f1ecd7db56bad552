"""Finds where the mistake is in the words of a share if the checksum is wrong.

The checksum of SLIP-39 (RS1024) detects any three wrong words. One wrong word, or two neighbours that changed places,
can also be located: the checksum is linear, so that a change at one place leaves a remainder that belongs to this place
alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_CUSTOMIZATION = b"shamir_extendable"
"""SLIP-39 hashes this before the words of a share with the extendable flag, the only kind that Kuule writes."""
_GENERATOR = (
    0xE0E040, 0x1C1C080, 0x3838100, 0x7070200, 0xE0E0009, 0x1C0C2412, 0x38086C24, 0x3090FC48, 0x21B1F890, 0x3F3F120,
)  # fmt: skip
"""The checksum's generator polynomial over GF(1024), from SLIP-39."""
_BITS = 10


def has_valid_checksum(indices: Sequence[int]) -> bool:
    """Whether these indexes in the word list (0 to 1023) end in the checksum of those before."""
    return _remainder([*_CUSTOMIZATION, *indices]) == 1


def likely_error_places(indices: Sequence[int]) -> tuple[int, ...]:
    """The place (from 1) of the one wrong word, or of two neighbours that changed places; () if it is neither."""
    wanted = _remainder([*_CUSTOMIZATION, *indices]) ^ 1
    for place in range(len(indices)):
        if _is_xor_of_some(_remainders_of_bits(place, len(indices)), wanted):
            return (place + 1,)
    for place in range(len(indices) - 1):
        swapped = [*indices]
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        if has_valid_checksum(swapped):
            return (place + 1, place + 2)
    return ()


@lru_cache(maxsize=64)
def _remainders_of_bits(place: int, length: int) -> tuple[int, ...]:
    """What each bit of the word at a place adds to the remainder, whatever the words are."""
    nothing = _remainder([0] * length)
    words = [[0] * length for _ in range(_BITS)]
    for bit, word in enumerate(words):
        word[place] = 1 << bit
    return tuple(_remainder(word) ^ nothing for word in words)


def _is_xor_of_some(bits: Sequence[int], wanted: int) -> bool:
    """Whether the XOR of some of `bits` is `wanted`, by Gaussian elimination over GF(2)."""
    basis: list[int] = []
    for bit in [*bits, wanted]:
        rest = bit
        for one in basis:
            rest = min(rest, rest ^ one)
        if rest:
            basis.append(rest)
    return len(basis) == len(bits)


def _remainder(values: Sequence[int]) -> int:
    remainder = 1
    for value in values:
        top = remainder >> 20
        remainder = (remainder & 0xFFFFF) << 10 ^ value
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                remainder ^= generator
    return remainder
