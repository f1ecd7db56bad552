"""The command line, `kuule …`: one module a command. It puts the packages together and is imported by nothing."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code (`app`).

    A server that is going to start again for its memory (`serve`) does so here, before its command is loaded, which
    would be for nothing.
    """
    if sys.argv[1:2] == ["serve"] and "--no-scrub-memory" not in sys.argv:
        from kuule.sealing.memory_scrubbing import restart_with_scrubbing  # slow: ctypes; --help never needs it

        restart_with_scrubbing()
    from kuule.cli.app import main as run_command  # slow, and see above

    run_command()
