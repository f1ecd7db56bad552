"""Has freed memory overwritten, so that a text does not stay there until the memory is used again.

The allocators do it: those of Python, of the C library and of the server. The environment in which a process starts
tells them to, so a process that wants it restarts itself (`restart`). It works with glibc; elsewhere it
is not in force, and the promise to respondents says so.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

_PACKAGE = Path(__file__).resolve().parents[1]
_PATTERN = 165
_ONE_ARENA = "glibc.malloc.arena_max=1:"
ALLOCATOR_VARIABLES: Mapping[str, str] = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": f"{_ONE_ARENA}glibc.malloc.tcache_count=0:glibc.malloc.perturb={_PATTERN}",
    "_RJEM_MALLOC_CONF": "junk:free,narenas:1,tcache:false",
}
"""Python's own allocator overwrites nothing, so the C library's takes its place. That one has a cache for each thread
whose pieces are not overwritten either, so there is none (tried with glibc 2.41). The last variable is for granian
(jemalloc). Both give threads memory from several arenas, and jemalloc a cache to each of a worker's threads, though
Python's threads allocate one at a time; with one arena and no caches, memory is used again sooner (decisions 0021 and
0151)."""
_TRIED = "KUULE_SCRUBBING"
_FRESH = _PATTERN ^ 0xFF
"""What glibc fills memory with when it allocates it."""
_SIZES = (40, 200, 900, 5_000)
"""Bytes. The cache of each thread would have pieces of up to 1,032."""
_JUNK = ("junk:free", "junk:true")


def is_scrubbing_active() -> bool:
    """Whether this process overwrites the memory that it frees. This is tested, except for the server's allocator."""
    server = os.environ.get("_RJEM_MALLOC_CONF", "").split(",")
    return sys.getallocatedblocks() == 0 and any(junk in server for junk in _JUNK) and _library_overwrites()


def can_restart() -> bool:
    """Whether this process may replace itself by the same command: it is one of Kuule's, and the system can do that."""
    return os.name == "posix" and _is_ours(Path(sys.argv[0]))


def restart(environment: Mapping[str, str]) -> NoReturn:
    """Replace this process by the same command in this environment. Call it before anything secret is read."""
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606


def scrubbed_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The same environment with the allocators set, unless they are set, that was tried before, or this is not
    glibc."""
    if not _is_glibc() or _TRIED in environment or is_scrubbing_active():
        return dict(environment)
    return scrubbing_environment(environment)


def scrubbing_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The same environment with the variables for the allocators."""
    tunables_before, ours = environment.get("GLIBC_TUNABLES", ""), ALLOCATOR_VARIABLES["GLIBC_TUNABLES"]
    if "arena_max" in tunables_before:
        ours = ours.removeprefix(_ONE_ARENA)
    tunables = ":".join(filter(None, (tunables_before, ours)))
    return {**environment, **ALLOCATOR_VARIABLES, "GLIBC_TUNABLES": tunables, _TRIED: "1"}


def server_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for a process that then need not set them."""
    return scrubbing_environment(environment) if _is_glibc() and _TRIED not in environment else dict(environment)


def _is_ours(program: Path) -> bool:
    """Whether the program is `kuule`, or `python -m` with a module of Kuule, and not a test run that calls a
    command."""
    return program.name == "kuule" or _PACKAGE in program.resolve().parents


def _is_glibc() -> bool:
    try:
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except (AttributeError, ValueError, OSError):
        return False


def _library_overwrites() -> bool:
    """Whether freed memory comes back overwritten when it is allocated again. Reads only memory that it allocated
    itself."""
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
