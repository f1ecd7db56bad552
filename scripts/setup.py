"""Set up everything that a command of the Makefile needs: `python3 scripts/setup.py collector|workbench|run|test`.

Standard library only; runs on a bare Python. A second run does nothing and needs no network. Exit codes: 0 ready,
1 something has to be done first (said in words), 2 wrong use.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import browsers
import environment
import pythons
from words import SetupStop, say


def main(arguments: list[str]) -> int:
    """Set up for the role named in `arguments`."""
    if len(arguments) != 1 or arguments[0] not in environment.ROLES:
        say(f"usage: python3 scripts/setup.py {'|'.join(environment.ROLES)}")
        return 2
    try:
        prepare(Path(__file__).resolve().parent.parent, arguments[0])
    except SetupStop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        say("stopped; run the same command again to go on")
        return 130
    except OSError as error:
        say(f"{error.strerror}: {error.filename}\n  see to it, then run the same command again")
        return 1
    return 0


def prepare(root: Path, role: str) -> None:
    """Make .venv ready for a role, and for tests the browsers too."""
    if not environment.is_ready(root, role):
        python = pythons.find_python()
        if python != sys.executable:
            os.execv(python, [python, __file__, role])
        pythons.check_can_make_environments(python)
        with environment.alone(root):
            if not environment.is_ready(root, role):
                environment.check_disk(root, role)
                environment.make(root, python)
                environment.install(root, role)
    if role == "test":
        browsers.provide()
        browsers.provide_nginx()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
