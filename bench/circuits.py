"""What somebody on an onion service notices of circuits that ask without pause: haproxy and a collector, without tor.

As tor would hand the lines on, at the socket of deploy/tor/haproxy.cfg, with circuits told apart and without.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.collector.server.onion_lines import ONION, Through, ask_onion, circuit_line
from tests.collector.server.servers import serving
from tests.collector.server.test_onion_service import onion_options
from tests.deploy.haproxy_for_tests import running_haproxy
from tests.deploy.onion_flood import by_socket, flooding
from tests.study.small_study import make_edition

PAGES = 40
LINES_OF_A_CIRCUIT = 24
"""As many as deploy/tor/torrc lets one have."""
FLOODS = (0, 1, 15, 60)
"""Circuits that ask without pause."""
NOT_TOLD_APART = (
    ("http-request set-header Kuule-Circuit %[src]", "http-request del-header Kuule-Circuit"),
    ("http-request set-priority-class int(1) if", "http-request set-priority-class int(0) if"),
)


def measure() -> list[tuple[str, str]]:
    """Milliseconds that a visitor waits for a page, by how many circuits ask without pause."""
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_edition(folder)
        wanted = onion_options(folder / "edition", folder, workers=2)
        for name, changes in (("told apart", ()), ("not told apart", NOT_TOLD_APART)):
            with serving(wanted), running_haproxy(folder / "collector.sock", changes) as front:
                rows += [(f"{circuits} circuits ask, {name}", _visitor(front.socket, circuits)) for circuits in FLOODS]
    return rows


def _visitor(front: Path, circuits: int) -> str:
    roads = [by_socket(front, 1000 + number) for number in range(circuits)]
    if not roads:
        return _in_words(*_pages(front))
    with flooding(ONION, roads, LINES_OF_A_CIRCUIT) as flood:
        begun = time.perf_counter()
        taken, statuses = _pages(front)
        seconds = time.perf_counter() - begun
    return f"{_in_words(taken, statuses)}; the flood had {flood.answers[200] / seconds:.0f} pages a second"


def _pages(front: Path) -> tuple[list[float], Counter[int]]:
    taken: list[float] = []
    statuses: Counter[int] = Counter()
    for _ in range(PAGES):
        begun = time.perf_counter()
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        statuses[ask_onion(ONION, Through(front, circuit_line(7)), body=b"go=next", headers=form).status] += 1
        taken.append(1000 * (time.perf_counter() - begun))
    return taken, statuses


def _in_words(taken: list[float], statuses: Counter[int]) -> str:
    busy = PAGES - statuses[200]
    return (
        f"median {statistics.median(taken):.0f} ms, slowest {max(taken):.0f} ms, told that it is busy {busy} of {PAGES}"
    )
