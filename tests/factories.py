"""Datasets as the product makes them: records are sealed, written into an archive, and opened with the key.

The small study that most of them are of is in tests/dataset/small.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b, sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography.exceptions import InvalidTag

from kuule.dataset.lifecycle.dataset_opening import ArchiveSource, OpeningRequest, OpeningResult, open_dataset
from kuule.forms.record import Record
from kuule.opening import decryption
from kuule.opening.archive_rows import Keyring, RowOutcome, altered_header_entries, open_part
from kuule.opening.private_key import PrivateKey
from kuule.sealing import envelope
from kuule.sealing.archive import ArchiveReader, write_archive
from kuule.sealing.envelope import ENCAPSULATED_LENGTH, OVERHEAD, TAG_LENGTH, SealedResponse, seal
from kuule.sealing.withdrawal_list import WithdrawalList
from kuule.study.edition.study_edition import Edition
from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.tables.missing import Missing
from tests.dataset.small import edition, record

People = Mapping[int, Record | bytes]
"""What was sealed under each row id."""
UNTIL = date(2027, 6, 30)
_ROWS_A_PART = 1000


@lru_cache(maxsize=2)
def private_key(*, rehearsal: bool = True) -> PrivateKey:
    """The key that `edition()` seals to."""
    return PrivateKey.generate(bytes(32), rehearsal)


KEY = private_key()


def record_key(row_id: int) -> int:
    """The record key of a row that was sealed to a practice edition."""
    return KEY.record_key(row_id)


def lenient(until: date | None = UNTIL, number: int = 1, *, rehearsal: bool = True) -> Edition:
    """An edition whose people may take back what they sent."""
    made = edition(number, rehearsal=rehearsal)
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
    people: People,
    *,
    of: Edition,
    gone: Iterable[int] = (),
    rows_a_part: int = _ROWS_A_PART,
    key: PrivateKey | None = None,
    encrypted: bool = True,
) -> ArchiveSource:
    """An archive of people by their row ids. Envelopes of two sizes, by turns, make the parts small."""
    key = private_key(rehearsal=of.rehearsal) if key is None else key
    rows = []
    for place, (row_id, one) in enumerate(sorted(people.items())):
        content = one if isinstance(one, bytes) else one.to_bytes()
        size = max(of.envelope_size, len(content) + OVERHEAD) + place // rows_a_part % 2
        sealing = _sealed_once if encrypted else _sealed
        rows.append(sealing(content, key, of.study.id, of.id, row_id, size))
    return archived(path, rows, of=of, gone=gone)


def _sealed(content: bytes, key: PrivateKey, study: str, edition_id: str, row_id: int, size: int) -> SealedResponse:
    return seal(content, key=key.public, study_id=study, edition_id=edition_id, row_id=row_id, size=size)


_sealed_once = lru_cache(maxsize=4096)(_sealed)
"""Many tests are of the same people."""


class _NoCipher:
    """As an HPKE suite, in the clear. What is bound to an envelope is asked for still."""

    @staticmethod
    def encrypt(content: bytes, _key: object, info: bytes) -> bytes:
        return bytes(ENCAPSULATED_LENGTH) + content + blake2b(info, digest_size=TAG_LENGTH).digest()

    @staticmethod
    def decrypt(sealed: bytes, _key: object, info: bytes) -> bytes:
        if sealed[-TAG_LENGTH:] != blake2b(info, digest_size=TAG_LENGTH).digest():
            raise InvalidTag
        return sealed[ENCAPSULATED_LENGTH:-TAG_LENGTH]


@contextmanager
def no_cipher() -> Iterator[None]:
    """In this process envelopes are sealed and opened without the two ciphers, of which each takes longer than all
    that becomes of a record afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (envelope, decryption):
            patch.setattr(module, "HPKE_SUITE", _NoCipher)
        yield


def archived(path: Path, rows: Iterable[SealedResponse], *, of: Edition, gone: Iterable[int] = ()) -> ArchiveSource:
    """An archive of sealed rows."""
    lists = WithdrawalList.from_row_ids(gone, until=of.study.coming_back.withdraw_until, closed=False)
    write_archive(path, manifest={"study": of.study.id, "edition": of.id}, files={}, envelopes=rows, withdrawn=lists)
    return ArchiveSource(path, ArchiveReader(path), of)


def by_row_id(contents: Iterable[Record | bytes]) -> People:
    """People by ids that follow from what they answered and how many answered the same before: in any order alike."""
    seen: Counter[bytes] = Counter()
    people: dict[int, Record | bytes] = {}
    for one in contents:
        content = one if isinstance(one, bytes) else one.to_bytes()
        seen[content] += 1
        digest = sha256(content + seen[content].to_bytes(4, "big")).digest()
        people[int.from_bytes(digest[:8], "big") >> 1] = one
    return people


def make_dataset(
    people: Iterable[Record | bytes] | People, editions: Sequence[Edition], to: Path, *, withdrawn: Iterable[int] = ()
) -> OpeningResult:
    """The dataset `to` of people, by their row ids where these matter, sealed and opened as `kuule open` does it, but
    for the cipher (`no_cipher`). Opening itself is tried of archives from `source`.

    One archive an edition, in the order given. Each has whoever answered it; the last one also has what names no
    edition. `withdrawn` are row ids that the first archive lists as taken back.
    """
    numbered = people if isinstance(people, Mapping) else by_row_id(people)
    known = {one.id for one in editions}
    grouped: dict[str, dict[int, Record | bytes]] = defaultdict(dict)
    for row_id, one in numbered.items():
        named = one.edition if isinstance(one, Record) else ""
        grouped[named if named in known else editions[-1].id][row_id] = one
    with TemporaryDirectory() as folder, no_cipher():
        gone = [withdrawn, *([()] * (len(editions) - 1))]
        sources = [
            source(Path(folder) / f"archive-{place}", grouped[of.id], of=of, gone=gone[place], encrypted=False)
            for place, of in enumerate(editions)
        ]
        keys = [private_key(rehearsal=rehearsal) for rehearsal in {one.rehearsal for one in editions}]
        return open_dataset(OpeningRequest(sources, keys, jobs=1), to)


def open_rows(reader: ArchiveReader, keys: Iterable[PrivateKey], withdrawn: Iterable[int] = ()) -> Iterator[RowOutcome]:
    """What becomes of each row of an archive, without a dataset. Raises ArchiveError, and ValueError without a key."""
    ring = Keyring.from_keys(keys, str(reader.manifest["study"]), str(reader.manifest["edition"]))
    yield from altered_header_entries(reader)
    seen: set[int] = set()
    gone = frozenset(withdrawn) | reader.withdrawn.row_ids
    for part in reader.parts():
        yield from open_part(part, ring, seen, gone=gone)


REPEATED = """
| survey | | | | |
| | type | name | label | calculation |
| | select_one told | told | Had you told it? | |
| | begin_repeat | helper | Helper | |
| | select_one told | helped | Did it help? | |
| | text | how | How? | |
| | end_repeat | | | |
| | calculate | told_name | | jr:choice-name(${told}, '${told}') |
| | text | wish | You said ${told_name}. What next? | |
| choices | | | |
| | list_name | name | label |
| | told | yes | Yes |
| | told | no | No |
"""


def repeated() -> Record:
    """Somebody who answered `REPEATED`, with two helpers."""
    answers = {
        "/data/told": "yes",
        "/data/told_name": "Yes",
        "/data/helper[1]/helped": "no",
        "/data/helper[1]/how": "by listening",
    }
    missing = dict.fromkeys(("/data/helper[2]/helped", "/data/helper[2]/how", "/data/wish"), Missing.PASSED_OVER)
    return replace(record(), answers=answers, missing=missing, flags=("withdrawn_page", "calculation_left_out"))
