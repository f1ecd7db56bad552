"""`python -m bench [steps|pages]`: print what was measured on this machine, now. Nothing else should run meanwhile."""

from __future__ import annotations

import os
import platform
import sys

from bench import pages, steps

PARTS = {"steps": ("a step in process", steps.measure), "pages": ("pages over HTTP", pages.measure)}


def main(names: list[str]) -> None:
    """Measure and print the parts that are named, or all."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise SystemExit(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    for name in names or PARTS:
        title, measure = PARTS[name]
        rows = measure()
        width = max(len(row[0]) for row in rows)
        print(f"\n{title}")
        for label, figure in rows:
            print(f"  {label:<{width}}  {figure}")


if __name__ == "__main__":
    main(sys.argv[1:])
