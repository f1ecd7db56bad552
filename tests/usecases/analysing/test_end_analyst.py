"""Which files of keys go at the end: those that open what was sealed to this study's editions, and no other study's."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.destruction.dispositions import Dispositions
from kuule.destruction.ending_record import EndedEdition, EndingRecord
from kuule.destruction.ending_steps import EndingStep
from kuule.destruction.records_folder import RecordsFolder
from kuule.opening.private_key import PrivateKey
from kuule.usecases.analysing.end_analyst import AnalystEnd
from tests.destruction.test_certificate import ARCHIVE, ARCHIVED, DAY, EDITION

OURS, OTHERS = (PrivateKey(bytes([number]) * 32, rehearsal=True) for number in (1, 2))


def ceremony(folder: Path, stem: str, key: PrivateKey | None) -> Path:
    """What a ceremony leaves whose sheets were never deleted; without a key, its public key is gone."""
    (folder / f"{stem}.sheets").mkdir(parents=True)
    (folder / f"{stem}.sheets" / "1.html").write_text("a sheet")
    if key is not None:
        (folder / f"{stem}.public-key").write_text(key.public.to_text())
    return folder / f"{stem}.sheets" / "1.html"


@pytest.fixture
def records(tmp_path: Path) -> RecordsFolder:
    found = RecordsFolder(tmp_path / "records", "small-study")
    found.path.mkdir()
    public = OURS.public
    edition = EndedEdition(EDITION, public.key_id.hex(), public.fingerprint)
    others = {"organisation": "", "closed_on": ARCHIVED.closed_on, "delete_by": ARCHIVED.delete_by}
    rest = {"editions": (edition,), "archives": (ARCHIVE,), "rows": ARCHIVED.rows, **others}
    found.write(EndingRecord("small-study", "collector", EndingStep.ARCHIVED, DAY, **rest))
    found.write(EndingRecord("small-study", "analyst", EndingStep.OPENED, DAY, archives=(ARCHIVE,)))
    return found


def test_sheets_of_a_study_whose_name_begins_the_same_stay(tmp_path: Path, records: RecordsFolder) -> None:
    keys = tmp_path / "keys"
    ours = [ceremony(keys / "a", "small-study", OURS), ceremony(keys / "b", "small-study", None)]
    ours.append(ceremony(keys / "c", "second", OURS))
    ceremony(keys / "d", "small-study-en", OTHERS)
    ceremony(keys / "e", "small-study-en", None)
    ceremony(keys / "f", "small-study", OTHERS)
    none = {EndingStep.PROJECTS, EndingStep.OPEN_ANSWERS, EndingStep.DATASET, EndingStep.ARCHIVES}
    said = Dispositions(
        {EndingStep.KEY: (keys,)}, {EndingStep.SHEETS: "two holders"}, none=frozenset({*none, EndingStep.FREE_SPACE})
    )
    plan = AnalystEnd(records, (), None, said, DAY).plan()
    [step] = (one for one in plan.steps if one.step is EndingStep.KEY)
    assert [path for path, _ in step.planned.files] == [path.resolve() for path in ours]
