"""Who asks an onion service without pause: so many lines, each asking again as soon as it is answered.

A process of its own, so that whoever is measured beside it does not wait for it: `python -m tests.deploy.onion_flood
ONION LINES ROAD...`, where a road is a socket and a circuit, or a port of tor and a name. It prints a line once it is
under way, and how many answers of which status it got when its standard input ends.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.collector.server.onion_lines import OnionConnection, Through, ThroughTor, circuit_line
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Flood:
    """`answers`: what it got, by status, once it is over."""

    answers: Counter[int] = field(default_factory=Counter)


@contextmanager
def flooding(onion: str, roads: Sequence[str], lines: int) -> Iterator[Flood]:
    """A flood of so many lines on each road, while the block runs."""
    command = [sys.executable, "-m", "tests.deploy.onion_flood", onion, str(lines), *roads]
    flood = Flood()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        try:
            assert process.stdout.readline() == "under way\n"
            yield flood
            process.stdin.close()
            for line in process.stdout:
                status, number = line.split()
                flood.answers[int(status)] += int(number)
            process.wait(PATIENCE)
        finally:
            process.kill()


def by_socket(front: Path, circuit: int) -> str:
    return f"{front}:{circuit}"


def by_tor(port: int, visitor: str) -> str:
    return f"{port}:{visitor}"


def _road(text: str) -> Through | ThroughTor:
    place, _, who = text.rpartition(":")
    return ThroughTor(int(place), who) if place.isdigit() else Through(Path(place), circuit_line(int(who)))


def main(onion: str, lines: str, *roads: str) -> None:
    answers: Counter[int] = Counter()
    lock = threading.Lock()
    under_way, over = threading.Event(), threading.Event()

    def ask(road: Through | ThroughTor) -> None:
        while not over.is_set():
            connection = OnionConnection(onion.removeprefix("http://"), road)
            with closing(connection), suppress(OSError, http.client.HTTPException):
                while not over.is_set():
                    connection.request("POST", "/en", b"go=next", HEADERS)
                    response = connection.getresponse()
                    response.read()
                    with lock:
                        answers[response.status] += 1
                    under_way.set()

    for text in roads:
        for _ in range(int(lines)):
            threading.Thread(target=ask, args=(_road(text),), daemon=True).start()
    under_way.wait(PATIENCE)
    print("under way", flush=True)
    sys.stdin.read()
    over.set()
    with lock:
        for status, number in answers.items():
            print(status, number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
