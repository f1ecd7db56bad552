"""Published tables, made again of people who answer: each walks through the form, is sealed, opened and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from bench.questionnaires import SETTINGS
from bench.serving import written

from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.forms.navigation.journey import Gate, Journey
from kuule.forms.navigation.page import Page
from kuule.forms.navigation.visit import Move
from kuule.forms.record import build_record
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import write_archive
from kuule.sealing.envelope import seal
from kuule.study.edition.study_edition import Edition
from kuule.study.freeze import freeze
from kuule.usecases.analysing.open_archives import open_archive_file

Answers = Mapping[str, str]
TODAY = date(2026, 11, 24)
FORM = """
| survey | | | | |
| | type | name | label | required |
| | begin_group | start | Before you begin | |
| | select_one yn | consent | Do you want to take part? | yes |
| | select_one yn | adult | Are you 18 or older? | yes |
| | end_group | | | |
| | begin_group | page | About it | |
| | select_one land | country | In which country was it? | |
| | select_one yn | online | Was any of it online? | |
| | select_one yn | before_four | Did it begin before the age of four? | |
| | select_one yn | ten_years | Did it last for more than ten years? | |
| | select_one yn | several | Was it more than one person? | |
| | select_one yn | recognised | Have you been recognised? | |
| | end_group | | | |
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | land | DK | Denmark |
| | land | FI | Finland |
| | land | NO | Norway |
| | land | SE | Sweden |
| | land | GB | United Kingdom |
| | land | HR | Croatia |
| | land | RS | Serbia |
| | land | SI | Slovenia |
| | land | IS | Iceland |
| | land | ZZ | Another |
"""
GROUPS = """
[groups.published]
title = "The cuts that were published"
question = "country"
[groups.published.members]
nordic = { title = "Denmark, Finland, Norway and Sweden", values = ["DK", "FI", "NO", "SE"] }
britain = { title = "United Kingdom", values = ["GB"] }
croatia = { title = "Croatia", values = ["HR"] }
serbia = { title = "Serbia", values = ["RS"] }
slovenia = { title = "Slovenia", values = ["SI"] }
iceland = { title = "Iceland", values = ["IS"] }
elsewhere = { title = "Elsewhere", rest = true }
"""


def dataset_of(folder: Path, people: Iterable[tuple[Answers, int]]) -> Dataset:
    """What comes out of an archive of so many people with each set of answers."""
    key = PrivateKey.generate(bytes(range(32)), rehearsal=True)
    edition = freeze(written(folder / "study", FORM, SETTINGS + GROUPS), key.public, folder / "edition", drafts=True)
    records = [(record(edition, answers), number) for answers, number in people]
    envelopes = (
        seal(
            content, key=edition.key, study_id=edition.study.id, edition_id=edition.id,
            row_id=row_id, size=edition.envelope_size,
        )
        for row_id, content in enumerate(each for content, number in records for each in [content] * number)
    )  # fmt: skip
    files = {
        path.relative_to(folder / "edition").as_posix(): path.read_bytes()
        for path in sorted((folder / "edition").rglob("*"))
        if path.is_file()
    }
    manifest = {"study": edition.study.id, "edition": edition.id, "rehearsal": True}
    write_archive(folder / "archive", manifest=manifest, files=files, envelopes=envelopes)
    open_archive_file(folder / "archive", [key], folder / "ds")
    assert (folder / "ds" / "unopened.json").read_text("utf-8") == "[]\n"
    return read_dataset(folder / "ds")


def record(edition: Edition, answers: Answers) -> bytes:
    """What a person who gives these answers and passes over the rest sends."""
    gates = [Gate(gate.name, gate.question, gate.answer) for gate in edition.study.gates.values()]
    journey = Journey(edition.form, edition.texts("en"), gates=gates)
    visit = journey.begin(1, TODAY)
    given = {"consent": "yes", "adult": "yes", **answers}
    while isinstance(page := journey.page(visit, TODAY), Page):
        names = {question.path.rpartition("/")[2]: question.field for question in page.questions}
        posted = {field: [given[name]] for name, field in names.items() if name in given}
        visit = journey.step(visit, Move.NEXT, page.key, posted, today=TODAY).visit
    sent = build_record(
        edition.form, visit, study=edition.study.id, edition=edition.id, language="en", link="",
        week="2026-W48", today=TODAY,
    )  # fmt: skip
    return sent.to_bytes()
