"""Where in the words of a share the slip is, when the checksum says that there is one.

SLIP-39's checksum (RS1024) finds any three wrong words. One wrong word, or two neighbours that changed places, can
also be located: the checksum is linear, so that a change at a place leaves a remainder which belongs to it alone.
"""

from __future__ import annotations

from collections.abc import Sequence

_CUSTOMIZATION = b"shamir_extendable"
"""SLIP-39: hashed before the words of a share with the extendable flag, and Kuule writes only such."""
_GENERATOR = (
    0xE0E040, 0x1C1C080, 0x3838100, 0x7070200, 0xE0E0009, 0x1C0C2412, 0x38086C24, 0x3090FC48, 0x21B1F890, 0x3F3F120,
)  # fmt: skip
"""SLIP-39, the checksum's generator polynomial over GF(1024)."""
_BITS = 10


def has_valid_checksum(indices: Sequence[int]) -> bool:
    """Whether the places in the word list (0 to 1023) end in the checksum of those before them."""
    return _remainder([*_CUSTOMIZATION, *indices]) == 1


def likely_error_places(indices: Sequence[int]) -> tuple[int, ...]:
    """The place (from 1) of the one wrong word, or of two neighbours that changed places; () if it is neither."""
    wanted = _remainder([*_CUSTOMIZATION, *indices]) ^ 1
    for place in range(len(indices)):
        if _reachable(_of_bits(place, len(indices)), wanted):
            return (place + 1,)
    for place in range(len(indices) - 1):
        swapped = [*indices]
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        if has_valid_checksum(swapped):
            return (place + 1, place + 2)
    return ()


def _of_bits(place: int, length: int) -> list[int]:
    """What each bit of the word at a place adds to the remainder."""
    nothing = _remainder([0] * length)
    words = [[0] * length for _ in range(_BITS)]
    for bit, word in enumerate(words):
        word[place] = 1 << bit
    return [_remainder(word) ^ nothing for word in words]


def _reachable(bits: Sequence[int], wanted: int) -> bool:
    """Whether a sum of some of `bits` (without carry) is `wanted`: Gauss over GF(2)."""
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
