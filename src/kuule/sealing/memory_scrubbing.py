"""Memory that is given back is overwritten, so that a text does not stay where it was until the place is used again.

The allocators do it: Python's, the C library's and the server's. They are told by the environment in which a process
starts, so that whoever wants it starts again (`restart_with_scrubbing`). It is for glibc; where that is not, it is
not in force, and the promise says so.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_PATTERN = 165
_ONE_ARENA = "glibc.malloc.arena_max=1:"
ALLOCATOR_VARIABLES: Mapping[str, str] = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": f"{_ONE_ARENA}glibc.malloc.tcache_count=0:glibc.malloc.perturb={_PATTERN}",
    "_RJEM_MALLOC_CONF": "junk:free",
}
"""Python's own allocator overwrites nothing, so the C library's takes its place; that has a cache for each thread whose
pieces are not overwritten either, so there is none (tried with glibc 2.41); the last is for granian (jemalloc). The
library gives threads memory from eight places for each core, though Python's ask one at a time; from one it is used
again sooner, and costs less (decision 0021)."""
_TRIED = "KUULE_SCRUBBING"
_FRESH = _PATTERN ^ 0xFF
"""What glibc fills memory with when it gives it out."""
_SIZES = (40, 200, 900, 5_000)
"""Bytes. The cache for each thread has pieces of up to 1,032."""
_JUNK = ("junk:free", "junk:true")


def is_scrubbing_active() -> bool:
    """Whether this process overwrites what it gives back: tried, except for the server's allocator."""
    server = os.environ.get("_RJEM_MALLOC_CONF", "").split(",")
    return sys.getallocatedblocks() == 0 and any(junk in server for junk in _JUNK) and _library_overwrites()


def restart_with_scrubbing() -> None:
    """Replace this process by the same command with the allocators told, unless they are or that was tried before.

    Returns where it changes nothing; only for a process whose command line is ours. Call it before anything secret is
    read.
    """
    if not _is_glibc() or not _is_ours(Path(sys.argv[0])) or _TRIED in os.environ or is_scrubbing_active():
        return
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], scrubbing_environment(os.environ))  # noqa: S606


def scrubbing_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The same environment, with the allocators told."""
    told, ours = environment.get("GLIBC_TUNABLES", ""), ALLOCATOR_VARIABLES["GLIBC_TUNABLES"]
    if "arena_max" in told:
        ours = ours.removeprefix(_ONE_ARENA)
    tunables = ":".join(filter(None, (told, ours)))
    return {**environment, **ALLOCATOR_VARIABLES, "GLIBC_TUNABLES": tunables, _TRIED: "1"}


def server_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with which a process starts that need not replace itself by `restart_with_scrubbing`."""
    return scrubbing_environment(environment) if _is_glibc() and _TRIED not in environment else dict(environment)


def _is_ours(program: Path) -> bool:
    """`kuule`, or `python -m` with a module of ours; not a test run that calls a command."""
    return program.name == "kuule" or _PACKAGE in program.resolve().parents


def _is_glibc() -> bool:
    try:
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except (AttributeError, ValueError, OSError):
        return False


def _library_overwrites() -> bool:
    """Whether memory that was used and given back is given out overwritten. It reads only what it was given."""
    if not _is_glibc():
        return False
    library = ctypes.CDLL(None)
    library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    return all(_overwrites(library, size) for size in _SIZES)


def _overwrites(library: ctypes.CDLL, size: int) -> bool:
    used = library.malloc(size)
    ctypes.memset(used, ord("x"), size)
    library.free(used)
    again = library.malloc(size)
    found = ctypes.string_at(again, size)
    library.free(again)
    return found == bytes([_FRESH]) * size
