"""How the cost of a study grows with the questions of its form: of its pages and sending, of checking and freezing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.growth.figures import Measured
from bench.in_process import visited_site
from bench.questionnaires import SETTINGS
from bench.serving import written
from bench.visits import path_form
from kuule.opening.private_key import PrivateKey
from kuule.study.check import check_folder
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.freeze import freeze

SIZES = (10, 30, 100, 300, 1_000)
ROUNDS = 5
_ON_A_PAGE = 2
_GATES = 2
_PAGES = 1_000
"""How many pages are measured at least, in whole visits."""


def measure(questions: int) -> Iterator[Measured]:
    """A page of two questions on average over whole visits, and the sending; then checking and freezing the study."""
    form = form_of(questions)
    yield from _visits(form, max(ROUNDS, _PAGES * _ON_A_PAGE // questions))
    with TemporaryDirectory() as name:
        folder = Path(name)
        study = written(folder / "study", form, SETTINGS)
        key = PrivateKey.generate(bytes(range(32)), rehearsal=True).public
        yield Measured("checking", _rounds(lambda _: check_folder(read_study_folder(study))), "D")
        yield Measured("freezing", _rounds(lambda turn: freeze(study, key, folder / f"{turn}", drafts=True)), "D")


def form_of(questions: int) -> str:
    """The form of `bench.visits` with this many questions, and with names so short that the longest answers to a
    thousand of them fit an envelope of 60 KiB."""
    form = path_form(questions // _ON_A_PAGE + _GATES)
    lines = [line for line in form.splitlines() if "| about |" not in line]
    del lines[lines.index("| choices |") - 1]  # the end of the group that was left out
    return "\n".join(lines).replace("| page_", "| p") + "\n"


def _visits(form: str, visits: int) -> Iterator[Measured]:
    """The first visit only warms up. A round is a visit."""
    pages: list[float] = []
    sendings: list[float] = []
    spent: dict[str, list[float]] = {"page": [], "sending": []}

    def timed(name: str, step: Callable[[], bytes]) -> bytes:
        began = time.process_time()
        page = step()
        spent.setdefault(name, []).append(time.process_time() - began)
        return page

    with visited_site(form) as visit:
        for _ in range(visits + 1):
            for taken in spent.values():
                taken.clear()
            visit(timed)
            pages.append(sum(spent["page"]) / len(spent["page"]))
            sendings.append(sum(spent["sending"]))
    yield Measured("a page of two questions", pages[1:], "D")
    yield Measured("sending", sendings[1:], "D")


def _rounds(work: Callable[[int], object]) -> list[float]:
    """Seconds of a core, without the first round."""
    taken = []
    for turn in range(ROUNDS + 1):
        began = time.process_time()
        work(turn)
        taken.append(time.process_time() - began)
    return taken[1:]
