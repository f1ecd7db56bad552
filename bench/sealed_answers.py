"""Makes an archive of made-up answers, sealed one by one without visits, to measure how it is opened."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.drawn_answers import draw_answer
from bench.questionnaires import SETTINGS
from bench.serving import written
from kuule.forms.compile.items import Item
from kuule.forms.record import Record
from kuule.forms.types.type_registry import question_type
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import write_archive
from kuule.sealing.envelope import SealedResponse, seal
from kuule.study.edition.study_edition import Edition, read_edition_files
from kuule.study.freeze import freeze
from kuule.tables.missing import Missing

KEY = PrivateKey.generate(bytes(range(32)), rehearsal=True)
ONE, MANY, NUMBERS = 41, 10, 5
"""How many questions have one answer, several answers, and a whole number. Consent, age, a date and a text make
sixty."""
_REASONS = (Missing.PASSED_OVER, Missing.NOT_ASKED, Missing.NOT_REACHED)


def sixty_questions() -> str:
    """A form of sixty questions, as in a real survey."""
    asked = [f"| | select_one six | one_{number} | How often is it {number}? | |" for number in range(ONE)]
    asked += [f"| | select_multiple eight | many_{number} | Which of {number}? | |" for number in range(MANY)]
    asked += [f"| | integer | number_{number} | How many of {number}? | |" for number in range(NUMBERS)]
    rows = [
        "| survey |",
        "| | type | name | label | required |",
        "| | select_one yn | consent | Do you want to take part? | yes |",
        "| | select_one yn | adult | Are you 18 or older? | yes |",
        *asked,
        "| | date | day | Since when? | |",
        "| | text | wish | What do you wish for? | |",
        "| choices |",
        "| | list_name | name | label |",
        *(f"| | six | c{number} | Choice {number} |" for number in range(5)),
        "| | six | prefer_not_to_say | I prefer not to say |",
        *(f"| | eight | m{number} | Thing {number} |" for number in range(8)),
        "| | yn | yes | Yes |",
        "| | yn | no | No |",
    ]
    return "\n".join(rows) + "\n"


@dataclass(frozen=True, slots=True)
class Sealed:
    """An edition with a practice key, and an archive of answers to it."""

    edition: Edition
    archive: Path


def sealed_answers(folder: Path, count: int, seed: int = 1) -> Sealed:
    """Seal the answers of `count` people, each of whom skipped, or was not asked, about a tenth of the questions."""
    study = written(folder / "study", sixty_questions(), SETTINGS + '\n[answers]\nopen_text = ["wish"]\n')
    edition = freeze(study, KEY.public, folder / "edition", drafts=True)
    archive = folder / "answers.kuule-archive"
    manifest = {"study": edition.study.id, "edition": edition.id, "rehearsal": True}
    rows = _rows(edition, count, random.Random(seed))  # noqa: S311 -- made-up people, the same each time
    write_archive(archive, manifest=manifest, files=read_edition_files(folder / "edition"), envelopes=rows)
    return Sealed(edition, archive)


def _rows(edition: Edition, count: int, dice: random.Random) -> Iterator[SealedResponse]:
    for row_id in sorted(dice.sample(range(2**62), count)):
        record = _record(edition, dice).to_bytes()
        yield seal(
            record, key=KEY.public, study_id=edition.study.id, edition_id=edition.id, row_id=row_id,
            size=edition.envelope_size,
        )  # fmt: skip


def _record(edition: Edition, dice: random.Random) -> Record:
    answers, missing = {}, {}
    for item in edition.form.items:
        if dice.random() < 0.1 and item.name not in ("consent", "adult"):
            missing[item.path] = dice.choice(_REASONS)
        else:
            answers[item.path] = _answer(item, dice)
    week = f"2026-W{dice.randrange(1, 53):02}"
    return Record(edition.study.id, edition.id, "en", "", week, answers, missing)


def _answer(item: Item, dice: random.Random) -> str:
    values = [choice.value for choice in item.choices]
    return "yes" if "yes" in values else draw_answer(question_type(item.control), values, dice)
