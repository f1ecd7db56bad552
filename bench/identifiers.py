"""How much of what is planted in made-up answers is suggested for redaction, how often something else is, and how long
9,000 answers take. `python -m bench.identifiers write` freezes the table that is shown beside suggestions."""

from __future__ import annotations

import csv
import io
import sys
import time
from pathlib import Path

from kuule.qualitative.identifiers import measured_recall
from kuule.qualitative.identifiers.measured_recall import MadeUpAnswers
from kuule.qualitative.identifiers.planted_answers import read_planted
from kuule.qualitative.identifiers.suggesting import suggest_identifiers
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.usecases.open_answers.suggested_marks import LanguageRecall, measure_suggestions

ROOT = Path(__file__).parents[1]
MADE_UP = ROOT / "tests/qualitative/identifiers"
TABLE = ROOT / "src/kuule/qualitative/identifiers" / measured_recall.FILE
_ANSWERS = 9_000


def measure() -> list[tuple[str, str]]:
    """By language and kind, then the time."""
    rows: list[tuple[str, str]] = []
    for answers in MadeUpAnswers:
        for recall in measured(answers):
            rows.append((f"{recall.language}, {answers}", _figures(recall.planted, recall.found, recall.false_alarms)))
            rows += [
                (f"  {one.category}", _figures(one.planted, one.found, one.false_alarms)) for one in recall.recalls
            ]
    return [*rows, (f"{_ANSWERS:,} answers of 200 characters", f"{_seconds():.1f} s of one core")]


def measured(answers: MadeUpAnswers) -> tuple[LanguageRecall, ...]:
    """Recall in every language that has such answers."""
    return measure_suggestions((MADE_UP / answers).glob("*.txt"))


def _figures(planted: int, found: int, false_alarms: int) -> str:
    return f"{found} of {planted} found, {false_alarms} false alarms"


def table() -> str:
    """The frozen table as it has to be."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(measured_recall.HEAD)
    for answers in MadeUpAnswers:
        for recall in measured(answers):
            writer.writerows(measured_recall.recall_rows(answers, recall.language, recall.recalls))
    return text.getvalue()


def _lines(path: Path) -> list[str]:
    return [answer.words for answer in read_planted(path.read_text("utf-8"), path.name)]


def _seconds() -> float:
    texts = [
        (path.stem, line) for path in sorted((MADE_UP / MadeUpAnswers.PLANTED).glob("*.txt")) for line in _lines(path)
    ]
    answers = [
        AnswerText("", "", language, f"{line} {texts[at - 1][1]} {texts[at - 2][1]}"[:200])
        for at in (number % len(texts) for number in range(_ANSWERS))
        for language, line in [texts[at]]
    ]
    begun = time.process_time()
    for answer in answers:
        suggest_identifiers(answer)
    return time.process_time() - begun


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        TABLE.write_text(table(), "utf-8")
    else:
        print("\n".join(f"{label:<24}  {figure}" for label, figure in measure()))
