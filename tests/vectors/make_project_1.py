"""How `project-1.json` was made: `python -m tests.vectors.make_project_1`. It never writes over a vector.

Its rows are one of each kind of act that a project of format 1 has, a text that is there, and the tombstone of one that
was withdrawn; all of it made up.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from kuule.opening.protected_key import Argon2Parameters, Passphrase
from kuule.qualitative.act_log.act_making import make_undoing
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_files import new_project
from kuule.qualitative.project.row_codec import Tombstone, row_bytes
from kuule.qualitative.project_model.acts import ActContent, TakenDataset
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.code_entries import Adjudication, CodedSegment, CodeEntry, TextCoding
from kuule.qualitative.project_model.notes_and_translations import AnswerTranslation, Memo, TranslationOrigin
from kuule.qualitative.project_model.quote_acts import QuoteDecision, QuoteProposal, QuoteRuling
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark, RedactionPass

TARGET = Path(__file__).with_name("project-1.json")
PASSPHRASE = "a passphrase that is no secret"
COST = Argon2Parameters(memory=1024, passes=2, lanes=2)
DAY = date(2026, 11, 28)
WORDS = "Ääni 👩‍👧 أن يسمعني أحد\n\0 end"


def fill(project: OpenProject) -> None:
    kept, gone = (AnswerText(project.text_id("wish", "fi", one), "wish", "fi", one) for one in (WORDS, "withdrawn"))
    project.apply([kept, gone, Tombstone(gone.id)])
    segment = CodedSegment("0" * 32, TextSpan(0, 4))
    proposal = QuoteProposal("1" * 32, 12, kept.id, TextSpan(0, 4), "reader-1", "Nordic")
    contents: list[ActContent] = [
        TakenDataset("our-voice", "00112233445566ff", True, ((kept.id, 2),), (kept.id,), (gone.id,)),
        CodeEntry("0" * 32, "Voice", None, "what is heard", "made up", "not silence", "#336699", True, False, None),
        RedactionPass(kept.id, "reader-1", (RedactionMark(TextSpan(0, 4), IdentifierCategory.UNUSUAL, "rule"),), True),
        TextCoding(kept.id, "coder-1", (segment,), True),
        Adjudication(kept.id, "lead", (segment,), "it says so"),
        Memo("2" * 32, "a note", kept.id),
        AnswerTranslation(kept.id, "en", "Voice", TranslationOrigin.MACHINE),
        proposal,
        QuoteRuling("1" * 32, kept.id, "reader-2", QuoteDecision.REFUSED, ("3" * 32,), (("rare", "yes"),)),
    ]
    acts = [project.save([one], role="reader-1", day=DAY)[0] for one in contents]
    project.save([make_undoing(project.log, acts[-1].id, role="reader-1")], role="reader-1", day=DAY)


def make_vector(path: Path) -> dict[str, object]:
    with new_project(path, Passphrase(PASSPHRASE), cost=COST) as project:
        fill(project)
        contents = sorted(row_bytes(row).decode("utf-8") for row in project.rows())
    with closing(sqlite3.connect(path)) as connection:
        header = {name: content.hex() for name, content in connection.execute("SELECT name, content FROM header")}
        rows = {row_id.hex(): sealed.hex() for row_id, sealed in connection.execute("SELECT id, sealed FROM rows")}
    return {"passphrase": PASSPHRASE, "header": header, "rows": rows, "contents": contents}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, TARGET.open("x", encoding="utf-8") as file:
        json.dump(make_vector(Path(folder) / "project"), file, ensure_ascii=False, indent=1)
