"""`python -m tests.conformance FILE.json.gz…`: cases run, agreeing and differing, by group; expressions or traces."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.conformance import xpath_cases
from tests.conformance.differences import DIFFERENCES
from tests.conformance.report import Report
from tests.conformance.trace_differences import TRACE_DIFFERENCES


def read(path: Path) -> dict[str, Any]:
    """A file of cases or traces, compressed or not."""
    raw = path.read_bytes()
    data: dict[str, Any] = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    return data


def report_of(data: Mapping[str, Any]) -> Report:
    """Run what the file holds: `cases` are expressions, `traces` are forms that are answered."""
    if "cases" in data:
        return xpath_cases.run(data)
    if "traces" in data:
        # loaded where it is asked for: traces need the whole of forms/, expressions do not
        traces = importlib.import_module("tests.conformance.traces")
        report: Report = traces.run(data)
        return report
    raise SystemExit("this file has neither cases nor traces")


def main(names: list[str]) -> None:
    """Print a report of each file."""
    if not names:
        raise SystemExit(__doc__)
    for name in names:
        print(name)
        print("\n".join(report_of(read(Path(name))).lines(reasons={**DIFFERENCES, **TRACE_DIFFERENCES})))


if __name__ == "__main__":
    main(sys.argv[1:])
