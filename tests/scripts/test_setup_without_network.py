"""The set-up with the pip that Python brings, on a machine without a network. To install that pip takes seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scripts.test_setup import bare, copy, made, moved_away, run_setup, script

__all__ = ["bare", "copy", "made", "script"]


@pytest.mark.matrix
def test_environment_of_a_moved_folder_is_made_anew_and_without_a_network_has_no_stamp(
    bare: Path, copy: Path, script
) -> None:
    environment, moved = script("environment"), moved_away(copy, bare, script)
    assert not environment.is_ready(moved, "run")
    # 127.0.0.1:9 answers nobody: what a machine without a network looks like to pip
    outcome = run_setup(
        moved, "run", PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="0", PIP_NO_CACHE_DIR="1",
        PIP_CONFIG_FILE="/dev/null", PIP_FIND_LINKS="",
    )  # fmt: skip
    assert outcome.returncode == 1
    assert outcome.stderr.splitlines()[0] == (
        "the environment in .venv was made elsewhere or is not whole: making it anew"
    )
    assert outcome.stderr.splitlines()[-2:] == [
        "the packages could not be downloaded from the Python package index",
        "  check the network (behind a proxy: set HTTPS_PROXY), then run the same command again",
    ]
    assert environment.runs(moved / ".venv")
    assert [(moved / ".venv" / name).exists() for name in ("half.txt", "kuule.json")] == [False, False]
