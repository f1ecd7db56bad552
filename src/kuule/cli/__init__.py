"""The command line, `kuule …`: one module for each command. No other package imports it."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code (`app`).

    `serve` restarts itself so that freed memory is overwritten. That is done here, before its command is loaded:
    loading it twice would only take time.
    """
    if sys.argv[1:2] == ["serve"] and "--no-scrub-memory" not in sys.argv:
        from kuule.sealing.memory_scrubbing import restart_with_scrubbing  # slow: ctypes; --help never needs it

        restart_with_scrubbing()
    from kuule.cli.app import main as run_command  # slow, and see above

    run_command()
