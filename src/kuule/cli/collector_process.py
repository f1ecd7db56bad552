"""The collector in a process without the command line: `kuule serve` reads its options, and starts itself anew with
them in an environment variable. The process keeps its number, its files and what it is called.

Workers are copies of the process that starts them, so that they would have Typer and Rich as well.
"""

from __future__ import annotations

import os
import sys

from kuule.cli.json_record import running_record
from kuule.cli.serving_variable import SERVING_VARIABLE
from kuule.collector.served.serve_options import ServeOptions
from kuule.core.problems import KuuleError


def serve_in_own_process(options: ServeOptions, *, scrub_memory: bool) -> int:
    """Start this process anew, with memory that is overwritten when it is freed or without, and serve there.

    Where this process cannot be started anew, because the system is Windows or the command line is not Kuule's, serve
    in it and return the exit code.
    """
    from kuule.sealing.memory_scrubbing import can_restart, restart, scrubbed_environment  # slow: ctypes

    if can_restart():
        environment = scrubbed_environment(os.environ) if scrub_memory else dict(os.environ)
        restart({**environment, SERVING_VARIABLE: options.to_text(as_given=True)})
    return _serve(options)


def serve_as_told(options: str) -> int:
    """Serve with the options of SERVING_VARIABLE, and return the exit code."""
    return _serve(ServeOptions.from_text(options))


def _serve(options: ServeOptions) -> int:
    from kuule.collector.server.collector_server import serve  # slow: Django; and only the collector's role has it

    try:
        kept = serve(options, ready=lambda: _tell_ready(options))
    except KuuleError as error:
        from kuule.cli.server_exit import print_refusal  # Rich

        return print_refusal(error)
    return 0 if kept else 1


def _tell_ready(options: ServeOptions) -> None:
    """Say where it serves. `console.say` would load Rich."""
    address = options.onion or f"http://{options.host}:{options.port}"
    where = f"{address}, on the socket {options.socket}" if options.onion else address
    sentence = f"serving at {where}; Ctrl-C stops"
    if (record := running_record()) is not None:
        record.notes.append(sentence)
        record.add_result((), {"address": address})
        record.announce()
        return
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
