"""A project of open answers as large as they come: 9,000 texts in many scripts, redacted and coded by two."""

from __future__ import annotations

import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from kuule.opening.protected_key import Argon2Parameters, Passphrase
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.passphrase_slot import PROJECT_ARGON2, make_slot
from kuule.qualitative.project.project_files import new_project
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeEntry, TextCoding
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark, RedactionPass
from kuule.qualitative.redaction_log.passes import RedactionState
from kuule.usecases.open_answers.project_overview import TextFilter, agreement_by_code, list_texts, project_status
from kuule.usecases.open_answers.project_session import ProjectSession, project_session
from kuule.usecases.open_answers.text_acts import save_redaction

TEXTS, CODES, SAVES = 9_000, 40, 60
_DAY = date(2026, 11, 28)
_PASSPHRASE = Passphrase("measured with a passphrase of many words")
_CHEAP = Argon2Parameters(64, 1, 1)
_WORDS = "toivon että joku kuuntelee говорить никому сказала سمعت أخبرت صديقتي listen ตั้งใจ बताया 말하지 告诉 jsem"
_ROLES = ("reader-1", "reader-2")
_MARK = RedactionMark(TextSpan(0, 3), IdentifierCategory.PERSON)


def measure() -> list[tuple[str, str]]:
    """Argon2id by itself; opening after it; lists, searches and saves through the use cases; memory at its highest."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "voices"
        _fill(path)
        rows = [("Argon2id", _seconds(lambda: make_slot(bytes(64), _PASSPHRASE, bytes(16), cost=PROJECT_ARGON2)))]
        begun = time.perf_counter()
        with project_session(path, _PASSPHRASE, role="reader-1", day=_DAY) as session:
            opened = time.perf_counter() - begun
            size = f"{len(session.project.texts):,} texts, {len(session.log):,} acts"
            rows += [(f"opened after that: {size}", f"{opened:.2f} s"), *_use(session)]
        rows.append(("size of the file", f"{path.stat().st_size / 1e6:.0f} MB"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return [*rows, ("memory at its highest, with Argon2id", f"{memory // 1024} MiB")]


def _fill(path: Path) -> None:
    chance = random.Random(9)  # noqa: S311 -- the same texts each time
    with new_project(path, _PASSPHRASE, cost=_CHEAP) as project:
        project.apply(_text(project, number, chance) for number in range(TEXTS))
        codes = [CodeEntry(f"{number:032x}", f"code {number}") for number in range(CODES)]
        project.save(codes, role="lead", day=_DAY)
        for role in _ROLES:
            passes = [RedactionPass(text, role, (_MARK,), True) for text in project.texts]
            coded = [TextCoding(text, role, (_segment(codes, chance),), True) for text in project.texts]
            project.save([*passes, *coded], role=role, day=_DAY)


def _text(project: OpenProject, number: int, chance: random.Random) -> AnswerText:
    words = " ".join([*chance.choices(_WORDS.split(), k=chance.choice([5, 20, 60, 120])), str(number)])
    return AnswerText(project.text_id("wish", "fi", words), "wish", "fi", words)


def _segment(codes: list[CodeEntry], chance: random.Random) -> CodedSegment:
    return CodedSegment(chance.choice(codes).code, TextSpan(0, 5))


def _use(session: ProjectSession) -> list[tuple[str, str]]:
    redacted = TextFilter(redaction=RedactionState.REDACTED)
    texts = list(session.project.texts)[:SAVES]
    saves = sorted(_once(partial(save_redaction, session, text, [_MARK], done=True)) for text in texts)
    return [
        ("the first list, by state", _milliseconds(_once(lambda: list_texts(session, redacted)))),
        ("a list by state", _milliseconds(_often(lambda: list_texts(session, redacted)))),
        ("the first search", _milliseconds(_once(lambda: list_texts(session, TextFilter("никому сказала"))))),
        ("a search in Cyrillic", _milliseconds(_often(lambda: list_texts(session, TextFilter("НИКОМУ 77"))))),
        ("a search in Arabic", _milliseconds(_often(lambda: list_texts(session, TextFilter("أَخبرت 77"))))),
        ("a save, half of them", _milliseconds(statistics.median(saves))),
        ("a save, nine of ten", _milliseconds(saves[len(saves) * 9 // 10])),
        ("the status", _milliseconds(_often(lambda: project_status(session)))),
        (f"agreement on {CODES} codes", _milliseconds(_once(lambda: agreement_by_code(session)))),
    ]


def _once(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _often(call: Callable[[], object], times: int = 5) -> float:
    return statistics.median(_once(call) for _ in range(times))


def _seconds(call: Callable[[], object]) -> str:
    return f"{_once(call):.2f} s"


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
