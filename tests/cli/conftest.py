"""A frozen practice edition of the shipped study, in two languages, and sealed answers to it, for the commands to work
on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kuule.forms.navigation.journey import Gate, Journey
from kuule.forms.navigation.visit import Move
from kuule.forms.record import build_record
from kuule.sealing.archive import write_archive
from kuule.sealing.envelope import SealedResponse, seal
from kuule.store.database import configure
from kuule.store.rows.responses import save_response
from kuule.study.edition.study_edition import Edition, read_edition, read_edition_files
from tests.frozen import OUR_VOICE, our_voice_in
from tests.prepared import prepare_copy
from tests.study.small_study import write_pair

STUDY = OUR_VOICE
TODAY = date(2026, 3, 4)


@dataclass(frozen=True)
class Kit:
    """Files of a study that is being answered."""

    folder: Path
    edition: Edition

    @property
    def edition_folder(self) -> str:
        return str(self.folder / "edition")

    @property
    def public(self) -> str:
        return str(self.folder / "keys" / "test.rehearsal.public-key")

    @property
    def secret(self) -> str:
        return str(self.folder / "keys" / "test.rehearsal.secret-key")

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'collector.sqlite3'}"

    def sealed(self, row_id: int, age_band: str) -> SealedResponse:
        """One response: consent, age, short path, an age band, and nothing more."""
        study = self.edition.study
        gates = [Gate(gate.name, gate.question, gate.answer) for gate in study.gates.values()]
        journey = Journey(self.edition.form, self.edition.texts("en"), gates=gates)
        visit = journey.begin(row_id, TODAY)
        answers = {"consent": "yes", "adult": "yes", "path": "short", "age_band": age_band}
        while set(answers) - {place.rsplit("/", 1)[1] for place in visit.answers}:
            page = journey.page(visit, TODAY)
            names = {question.path.rsplit("/", 1)[1]: question.field for question in page.questions}
            posted = {names[name]: [value] for name, value in answers.items() if name in names}
            visit = journey.step(visit, Move.NEXT, page.key, posted, today=TODAY).visit
        record = build_record(
            self.edition.form, visit, study=study.id, edition=self.edition.id, language="en", link="",
            week="2026-W10", today=TODAY,
        )  # fmt: skip
        return seal(
            record.to_bytes(), key=self.edition.key, study_id=study.id, edition_id=self.edition.id,
            row_id=row_id, size=self.edition.envelope_size,
        )  # fmt: skip

    def answer(self, age_bands: list[str], first: int = 1000) -> None:
        """Keep one response for each age band, with row ids from `first`."""
        configure(self.database)
        prepare_copy(self.folder / "collector.sqlite3")
        for number, band in enumerate(age_bands):
            save_response(self.sealed(first + 17 * number, band))


def answer_edition(edition: Path, folder: Path, count: int) -> Path:
    """An archive, in `folder`, of so many answers to the edition in a folder."""
    kit = Kit(folder, read_edition(edition))
    rows = [kit.sealed(1000 + 17 * number, "25_to_34") for number in range(count)]
    archive = folder / f"{kit.edition.short}.archive"
    manifest = {"study": kit.edition.study.id, "edition": kit.edition.id, "rehearsal": kit.edition.rehearsal}
    write_archive(archive, manifest=manifest, files=read_edition_files(edition), envelopes=rows)
    return archive


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    write_pair(tmp_path / "kit" / "keys")
    return Kit(tmp_path / "kit", our_voice_in(tmp_path / "kit" / "edition", "sv"))
