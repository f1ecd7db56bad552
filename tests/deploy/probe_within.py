"""Run by systemd in the place of a service, with everything that its unit takes away: what can it still do? Prints one
JSON object. Nothing of Kuule is imported: the Python of the machine runs it."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path


def succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def can_write(folder: str) -> bool:
    file = Path(folder) / "probe"
    return succeeds(lambda: file.write_text("x")) and succeeds(file.unlink)


def can_read(place: str) -> bool:
    path = Path(place)
    return succeeds(lambda: list(path.iterdir()) if path.is_dir() else path.read_bytes())


def can_reach(address: str, port: int) -> bool:
    return succeeds(lambda: socket.create_connection((address, port), timeout=3).close())


def main() -> None:
    asked = json.loads(Path(sys.argv[1]).read_text())
    told = {
        "writes": [place for place in asked["writes"] if can_write(place)],
        "reads": [place for place in asked["reads"] if can_read(place)],
        "reaches": [f"{address}:{port}" for address, port in asked["reaches"] if can_reach(address, port)],
        "root": os.geteuid() == 0,
        "raw": succeeds(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)),
        "sees": Path("/proc/1").exists(),
    }
    print("PROBE " + json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
