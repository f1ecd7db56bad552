"""Archives of records of the small study, in as many small parts as a test likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from kuule.dataset.lifecycle.dataset_opening import ArchiveSource
from kuule.forms.record import Record
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import ArchiveReader, write_archive
from kuule.sealing.envelope import SealedResponse, seal
from kuule.sealing.withdrawal_list import WithdrawalList
from kuule.study.edition.study_edition import Edition
from kuule.study.settings.coming_back_settings import ComingBackSettings
from tests.dataset.small import edition, record

KEY = PrivateKey.generate(bytes(32), rehearsal=True)
UNTIL = date(2027, 6, 30)


def lenient(until: date | None = UNTIL, number: int = 1) -> Edition:
    """An edition whose people may take back what they sent."""
    made = edition(number)
    return replace(made, study=replace(made.study, coming_back=ComingBackSettings(0, until)))


def person(number: int) -> Record:
    """Somebody who answered, with a wish and as many helpers as the last digit, of three, of their number."""
    answers = {
        "told": ("yes", "no")[number % 2],
        "age": str(18 + number % 60),
        "who": ("family", "family stranger")[number % 2],
    }
    one = record({**answers, "wish": f"wish {number % 7}"} if number % 5 else answers)
    helpers = {f"/data/helper[{at}]/helped": ("yes", "no")[number % 2] for at in range(1, number % 3 + 1)}
    return replace(one, answers={**one.answers, **helpers})


def source(
    path: Path,
    people: Mapping[int, Record | bytes],
    *,
    of: Edition,
    gone: Iterable[int] = (),
    rows_a_part: int = 1000,
    key: PrivateKey = KEY,
) -> ArchiveSource:
    """An archive of people by their row ids. Envelopes of two sizes, by turns, make the parts small."""
    rows = []
    for place, (row_id, one) in enumerate(sorted(people.items())):
        size = of.envelope_size + place // rows_a_part % 2
        content = one if isinstance(one, bytes) else one.to_bytes()
        rows.append(seal(content, key=key.public, study_id=of.study.id, edition_id=of.id, row_id=row_id, size=size))
    return archived(path, rows, of=of, gone=gone)


def archived(path: Path, rows: Iterable[SealedResponse], *, of: Edition, gone: Iterable[int] = ()) -> ArchiveSource:
    """An archive of sealed rows."""
    lists = WithdrawalList.from_row_ids(gone, until=of.study.coming_back.withdraw_until, closed=False)
    write_archive(path, manifest={"study": of.study.id, "edition": of.id}, files={}, envelopes=rows, withdrawn=lists)
    return ArchiveSource(path, ArchiveReader(path), of)
