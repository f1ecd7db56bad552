"""The outermost function of `kuule serve` once it has started itself anew with its options. What only a terminal needs
(Typer, Rich) is loaded where something goes wrong and the server ends: a worker has 9 MiB less without it."""

from __future__ import annotations

import sys
from typing import NoReturn

from kuule.cli.collector_process import serve_as_told
from kuule.cli.json_record import run_recorded
from kuule.core.problems import KuuleError


def main(options: str) -> NoReturn:
    """Serve, and exit with the command's code. A KuuleError is printed in words; a bug shows its traceback."""
    raise SystemExit(run_recorded(sys.argv[1:], lambda: _serve(options)))


def _serve(options: str) -> int:
    try:
        return serve_as_told(options)
    except (KuuleError, KeyboardInterrupt, OSError, ModuleNotFoundError) as error:
        from kuule.cli.app import exit_code_of  # see above

        return exit_code_of(error, "serve")
