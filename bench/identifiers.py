"""How much of what is planted in made-up answers is suggested for redaction, how often something else is, and how long
9,000 answers take. `python -m bench.identifiers write` freezes the table that is shown beside suggestions."""

from __future__ import annotations

import csv
import io
import sys
import time
from pathlib import Path

from kuule.qualitative.identifiers import measured_recall
from kuule.qualitative.identifiers.suggesting import suggest_identifiers
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.usecases.open_answers.suggested_marks import LanguageRecall, measure_suggestions

ROOT = Path(__file__).parents[1]
PLANTED = ROOT / "tests/qualitative/identifiers/planted"
UNSEEN = ROOT / "tests/qualitative/identifiers/unseen"
TABLE = ROOT / "src/kuule/qualitative/identifiers" / measured_recall.FILE
_ANSWERS = 9_000


def measure() -> list[tuple[str, str]]:
    """By language and kind, then the time."""
    rows: list[tuple[str, str]] = []
    for recall in measure_suggestions(PLANTED.glob("*.txt")):
        rows.append((recall.language, _figures(recall.planted, recall.found, recall.false_alarms)))
        rows += [
            (f"{recall.language} {one.category}", _figures(one.planted, one.found, one.false_alarms))
            for one in recall.recalls
        ]
    for recall in measure_suggestions(UNSEEN.glob("*.txt")):
        rows.append((f"{recall.language}, unseen", _figures(recall.planted, recall.found, recall.false_alarms)))
    return [*rows, (f"{_ANSWERS:,} answers of 200 characters", f"{_seconds():.1f} s")]


def _figures(planted: int, found: int, false_alarms: int) -> str:
    return f"{found} of {planted} found, {false_alarms} false alarms"


def table(measured: tuple[LanguageRecall, ...]) -> str:
    """The frozen table as it has to be."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(measured_recall.HEAD)
    for recall in measured:
        writer.writerows(measured_recall.recall_rows(recall.language, recall.recalls))
    return text.getvalue()


def _seconds() -> float:
    texts = [(path.stem, line) for path in sorted(PLANTED.glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    answers = [
        AnswerText("", "", language, f"{line} {texts[at - 1][1]} {number}".ljust(200)[:200])
        for number in range(_ANSWERS)
        for at in [number % len(texts)]
        for language, line in [texts[at]]
    ]
    begun = time.perf_counter()
    for answer in answers:
        suggest_identifiers(answer)
    return time.perf_counter() - begun


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        TABLE.write_text(table(measure_suggestions(PLANTED.glob("*.txt"))), "utf-8")
    else:
        print("\n".join(f"{label:<24}  {figure}" for label, figure in measure()))
