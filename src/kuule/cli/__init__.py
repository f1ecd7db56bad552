"""The command line, `kuule …`: one module for each command. No other package imports it."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import nullcontext

from kuule.cli.serving_variable import SERVING_VARIABLE
from kuule.cli.standard_streams import open_closed_streams

__all__ = ["main"]

_COLLECTION = (50_000, 10, 10)
"""How much a command makes before Python looks for cycles among it. Of modules and parsed files next to nothing can be
let go: with Python's own 700 every seventh second of a check was spent looking."""
_SERVERS = frozenset({"demo", "desk", "preview", "workbench"})
"""Commands that go on for days, for which memory counts more."""
_ENDLESS = ("--socket", "--watch")
"""Options of others (`status`, `verify`) with which they do so too."""
_STOPPED = 130
"""`Exit.STOPPED`, which is loaded with what takes long."""
_IN_TWO_PROCESSES = frozenset({"check", "freeze"})
"""Commands that somebody waits for, with work that falls into halves."""


def main() -> None:
    """Run the command line and exit with its code (`app`).

    `serve` reads its options and starts itself anew with them: then memory that is freed is overwritten, and the server
    has nothing of the command line in its memory (`collector_process`).
    """
    open_closed_streams()
    try:
        _start()
    except KeyboardInterrupt:  # while modules are loaded; later `app` says it
        print("stopped", file=sys.stderr)
        raise SystemExit(_STOPPED) from None


def _start() -> None:
    options = os.environ.pop(SERVING_VARIABLE, None)
    if options is not None:
        gc.disable()  # until what it serves is read (`collector_site.forget_site`)
        from kuule.cli.collector_main import main as serve  # nothing that the command line needs

        serve(options)
    command = next((one for one in sys.argv[1:] if one != "--"), "")  # as `app.run` finds it
    if command not in _SERVERS and not any(one.startswith(_ENDLESS) for one in sys.argv):
        gc.set_threshold(*_COLLECTION)
    try:
        _run(in_two_processes=command in _IN_TWO_PROCESSES)
    finally:
        gc.freeze()  # at its end Python would look through all that was made, which takes a tenth of a check


def _run(*, in_two_processes: bool) -> None:
    from kuule.cli.app import main as run_command  # slow, and see above
    from kuule.core.forked_task import allow_forks  # not before `serve` restarts itself, as above

    with allow_forks() if in_two_processes else nullcontext():
        run_command()
