"""How a server that may not start ends: what may pass by itself, and what only a person mends.

A service manager starts a server again that crashed, or came too early. One that was refused for its edition would be
refused again every two seconds, and look as if it ran.
"""

from __future__ import annotations

from kuule.cli.console import Exit, print_problems
from kuule.core.problems import KuuleError

TRANSIENT_CODES = frozenset({"SERVE_010", "STORE_003", "STORE_004", "STORE_009", "STORE_016", "STORE_019", "STORE_020"})
"""A port or an address that is not free or not there yet, a lock, a full disk, a server that just cannot be reached."""


def print_refusal(error: KuuleError) -> Exit:
    """Say why a server does not start; how it ends."""
    print_problems(error.problems)
    return refusal_exit_code(error)


def refusal_exit_code(error: KuuleError) -> Exit:
    """REFUSED where any of the problems stays until a person mends it."""
    return Exit.PROBLEM if all(problem.code in TRANSIENT_CODES for problem in error.problems) else Exit.REFUSED
