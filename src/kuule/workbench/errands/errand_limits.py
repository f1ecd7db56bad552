"""The inside of a process that was started for one errand: what it may use, and how it answers."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping
from typing import Any

from kuule.core.problems import KuuleError, Problem
from kuule.workbench.errands.errand_process import ErrandKind
from kuule.workbench.errands.problem_tables import problems_to_table

_CPU_SECONDS = 120
_LARGEST_FILE = 96 * 1024**2


def serve_one_errand(kind: ErrandKind, work: Callable[[Mapping[str, Any]], dict[str, Any]]) -> None:
    """Read an errand from the standard input as JSON, do it within limits, and write the answer as JSON. What `work`
    raises as a KuuleError is the answer too."""
    errand = json.loads(sys.stdin.read())
    for limit, value in (
        (resource.RLIMIT_AS, errand["memory"]),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    try:
        answer = work(errand)
    except KuuleError as error:
        answer = {"problems": problems_to_table(error.problems)}
    except MemoryError:
        cause, remedy = "it takes more memory than it is given here", "make it on another machine"
        answer = {"problems": problems_to_table((Problem(kind.code, kind.place, cause, remedy),))}
    except OSError as error:
        if error.strerror is None:
            raise
        # Only the system's own words: a file could be named after what it is about.
        cause, remedy = (
            f"the disk did not do it ({error.strerror.lower()})",
            "see that the disk has room",
        )
        answer = {"problems": problems_to_table((Problem(kind.code, kind.place, cause, remedy),))}
    sys.stdout.write(json.dumps(answer))
