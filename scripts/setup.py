"""Set up everything that a command of the Makefile needs: `python3 scripts/setup.py collector|workbench|run|docs|test`.

Standard library only, so that it runs on a bare Python. A second run does nothing and needs no network. Exit codes: 0
ready, 1 something has to be done first, which it says, 2 wrong use.
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


def prepare(root: Path, role: str, *, python: str = "", name: str = environment.USUAL) -> None:
    """Make an environment ready for a role and, for tests, the browsers too. `python` is the interpreter whose version
    it should have; by default this one, or any other if this one is too old."""
    own = pythons.own_version() if sys.version_info >= pythons.OLDEST else ""
    version = pythons.version_of(python) if python else own
    if not environment.is_ready(root, role, name, version):
        found = python or pythons.find_python()
        if not python and found != sys.executable:
            os.execv(found, [found, __file__, role])
        pythons.check_can_make_environments(found)
        with environment.alone(root):
            if not environment.is_ready(root, role, name, version):
                environment.check_disk(root, role)
                environment.make(root, found, name)
                environment.install(root, role, name)
    if role == "test":
        browsers.provide()
        browsers.provide_nginx()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
