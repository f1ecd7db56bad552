"""Overwriting memory that is given back: told truly, and turned on by starting again once.

That it does overwrite what people type is proved from outside, in tests/deploy/test_memory.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kuule.sealing.memory_scrubbing import ALLOCATOR_VARIABLES, is_scrubbing_active, scrubbing_environment
from tests.patience import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the allocators that can be told are of glibc")
SAY = """\
import sys
import os
from kuule.sealing.memory_scrubbing import can_restart, is_scrubbing_active, restart, scrubbed_environment
if "again" in sys.argv and "AGAIN" not in os.environ and can_restart():
    restart({**scrubbed_environment(os.environ), "AGAIN": "1"})
print("said", is_scrubbing_active(), sys.argv[1:])
"""
PLAIN = {name: value for name, value in os.environ.items() if name not in {*ALLOCATOR_VARIABLES, "KUULE_SCRUBBING"}}


def said(program: Path, *arguments: str, **more: str) -> str:
    """What a program of its own says."""
    program.write_text(SAY, "utf-8")
    command = [sys.executable, str(program), *arguments]
    done = subprocess.run(command, env=PLAIN | more, capture_output=True, text=True, check=True, timeout=PATIENCE)
    return done.stdout.strip().partition(" ")[2]


def in_force(folder: Path, variables: Mapping[str, str]) -> bool:
    return said(folder / "ask.py", **variables).startswith("True")


def test_it_is_in_force_where_all_allocators_are_told(tmp_path: Path) -> None:
    assert in_force(tmp_path, ALLOCATOR_VARIABLES)


@pytest.mark.parametrize("without", sorted(ALLOCATOR_VARIABLES))
def test_it_is_not_where_one_of_them_is_not(tmp_path: Path, without: str) -> None:
    assert not in_force(tmp_path, {name: value for name, value in ALLOCATOR_VARIABLES.items() if name != without})


def test_it_is_not_while_the_library_keeps_small_pieces_for_each_thread(tmp_path: Path) -> None:
    """These are not overwritten; this was once thought to be enough."""
    assert not in_force(tmp_path, {**ALLOCATOR_VARIABLES, "GLIBC_TUNABLES": "glibc.malloc.perturb=165"})


def test_it_is_not_in_this_process() -> None:
    assert not is_scrubbing_active()


def test_our_program_starts_again_with_the_same_arguments(tmp_path: Path) -> None:
    assert said(tmp_path / "kuule", "again", "--port", "1") == "True ['again', '--port', '1']"


def test_another_program_does_not(tmp_path: Path) -> None:
    assert said(tmp_path / "pytest", "again") == "False ['again']"


def test_it_is_tried_once(tmp_path: Path) -> None:
    assert said(tmp_path / "kuule", "again", KUULE_SCRUBBING="1") == "False ['again']"


def test_what_the_library_was_told_otherwise_is_kept() -> None:
    told = scrubbing_environment({"GLIBC_TUNABLES": "glibc.malloc.arena_max=2", "HOME": "/"})
    assert told["GLIBC_TUNABLES"] == "glibc.malloc.arena_max=2:glibc.malloc.tcache_count=0:glibc.malloc.perturb=165"
    assert (told["HOME"], told["PYTHONMALLOC"]) == ("/", "malloc")


def test_threads_share_one_place_for_memory_unless_the_library_was_told_of_more() -> None:
    assert "glibc.malloc.arena_max=1" in scrubbing_environment({})["GLIBC_TUNABLES"].split(":")
