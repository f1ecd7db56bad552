"""Keeps a small installation that a version of Kuule made, in tests/installations: a step of every release.

    python3 scripts/small_installation.py 0.2.0              by this checkout, before it is tagged
    python3 scripts/small_installation.py 0.2.0 --tree PATH  by another checkout

Later versions upgrade it in their tests. It needs the project's own Python, and PostgreSQL as the tests have it. One
that is there is never made anew. Exit codes: 0 done, 1 it is there already.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from words import say

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str]) -> int:
    """Make the one of a version, as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("version", help="the version that is about to be released, like 0.2.0")
    parser.add_argument("--tree", type=Path, default=ROOT, help="the checkout that makes it (this one)")
    chosen = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT))
    from tests.installations.making import pack  # the tests of this checkout, which are no package of scripts

    try:
        made = pack(chosen.tree.resolve(), chosen.version)
    except FileExistsError as there:
        say(f"{there} is there, and what a release left is not made anew")
        return 1
    say(f"{made}: {made.stat().st_size:,} bytes; commit it with the release")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
