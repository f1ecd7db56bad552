"""The exit code of a server that must not start: whether the cause may pass by itself, or a person has to mend it.

A service manager restarts a server that crashed or was started too early. A server that was refused because of its
edition would be refused again every two seconds, and would look as if it were running.
"""

from __future__ import annotations

from kuule.cli.console import Exit, print_problems
from kuule.core.problems import KuuleError

TRANSIENT_CODES = frozenset(
    {"SERVE_010", "STORE_003", "STORE_004", "STORE_009", "STORE_016", "STORE_019", "STORE_020", "STORE_041"}
)
"""Problems that may pass by themselves: a port or an address that is not free or not there yet, a lock, a full disk, a
database server that cannot be reached at the moment."""


def print_refusal(error: KuuleError) -> Exit:
    """Print why a server does not start, and return its exit code."""
    print_problems(error.problems)
    return refusal_exit_code(error)


def refusal_exit_code(error: KuuleError) -> Exit:
    """The exit code: REFUSED if any of the problems stays until a person mends it."""
    return Exit.PROBLEM if all(problem.code in TRANSIENT_CODES for problem in error.problems) else Exit.REFUSED
