"""A database file looked at from outside, as one who stole the disk would: bytes, and SQLite without us."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import re2

from kuule.sealing.envelope import SealedResponse
from tests.loaded.loaded_process import LoadedProcess

ROOT = Path(__file__).parents[2]


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    """What SQLite answers, without our settings."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def offsets(path: Path, envelopes: Sequence[bytes]) -> list[int]:
    """Where each envelope stands in the file, by its first bytes after the clear part; -1 where it does not."""
    content = path.read_bytes()
    return [content.find(envelope[60:120]) for envelope in envelopes]


_PAGE = bytes(8192)


def any_of(pieces: Sequence[bytes]) -> Any:
    """A pattern of RE2 that finds one of them, whichever it is; to look for each in turn takes much longer."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    each = ("".join(f"\\x{byte:02x}" for byte in piece) for piece in pieces)
    return re2.compile("|".join(each).encode(), options)


def written_in(path: Path) -> bytes:
    """The content of a file without the pages of zeros, of which a log that is prepared mostly consists: what stands
    in it and is longer than its zeros is found as in the whole, in the same order."""
    content = path.read_bytes()
    pages = (content[at : at + len(_PAGE)] for at in range(0, len(content), len(_PAGE)))
    return b"".join(page for page in pages if page != _PAGE)


def page_order(places: Sequence[int]) -> list[int]:
    """The same places as SQLite fills them: page after page, each from its end."""
    return [at // 65536 * 65536 + (65535 - at % 65536) for at in places]


def rank_correlation(values: Sequence[int]) -> float:
    """Spearman's coefficient between the order of a sequence and the order of its values: 1 where they are the same."""
    count = len(values)
    ranks = {value: rank for rank, value in enumerate(sorted(values))}
    squares = sum((rank - ranks[value]) ** 2 for rank, value in enumerate(values))
    return 1 - 6 * squares / (count * (count**2 - 1))


def random_rows(count: int, random: Random, size: int = 4000) -> list[SealedResponse]:
    """Rows in the order of arrival, with random ids; the envelopes are random bytes in the place of ciphertext."""
    header = b"KUULE\x01" + bytes.fromhex("647a00010003") + bytes(8) + b"\xab" * 32
    return [
        SealedResponse(random.getrandbits(63), bytes(8), header + random.randbytes(size - len(header)))
        for _ in range(count)
    ]


def python(script: str, *arguments: str, **surroundings: str) -> subprocess.Popen[str]:
    """Another process that runs a script of ours, with `surroundings` in its environment. Where `prepared.TABLES` is
    empty in it, it makes its tables by the migrations."""
    return LoadedProcess(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def set_off(processes: Sequence[subprocess.Popen[str]]) -> None:
    """Wait until each has said "ready", then let all go on at once."""
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
