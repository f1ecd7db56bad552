"""A small fuzzer of our own, for where no coverage-guided one is installed: seeds, bent at random. It sees no coverage,
so it finds what is near a seed and little else."""

from __future__ import annotations

import random
from collections.abc import Sequence

_DIRT = (b"\x00", b"\xff", b"%", b"&", b"=", b"%00", b"%ed%a0%80", b"\r\n", b'"', b"{", b"[", b"9" * 40, b"-1", b"~")


def bent(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """One of the seeds with a few changes: a byte, a cut, a piece doubled, dirt, a piece of another seed."""
    made = bytearray(chance.choice(seeds))
    for _ in range(chance.randrange(1, 6)):
        at, to = sorted(chance.randrange(len(made) + 1) for _ in range(2))
        match chance.randrange(6):
            case 0 if made:
                made[at % len(made)] ^= 1 << chance.randrange(8)
            case 1:
                del made[at:to]
            case 2:
                made[at:at] = made[at:to][:4096]
            case 3:
                made[at:at] = chance.choice(_DIRT)
            case 4:
                other = chance.choice(seeds)
                made[at:to] = other[at:to]
            case _:
                made[at:at] = chance.randbytes(chance.randrange(9))
    return bytes(made[:200_000])
