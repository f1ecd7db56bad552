"""Makes a dataset of given records in the same way as the product: sealed, put into an archive, opened."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kuule.dataset.lifecycle.dataset_opening import ArchiveSource, OpeningRequest, open_dataset
from kuule.dataset.schema.dataset_info import DatasetInfo
from kuule.forms.record import Record
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import ArchiveReader, write_archive
from kuule.sealing.envelope import SealedResponse, seal
from kuule.study.edition.study_edition import Edition


def make_opened_dataset(records: Iterable[Record], edition: Edition, key: PrivateKey, to: Path) -> DatasetInfo:
    """Make the dataset `to`. The archive next to it is kept. Row ids count from 1."""
    archive = to.with_name(f"{to.name}.archive")
    rows = (_sealed(record, edition, row_id) for row_id, record in enumerate(records, start=1))
    write_archive(archive, manifest={"study": edition.study.id, "edition": edition.id}, files={}, envelopes=rows)
    source = ArchiveSource(archive, ArchiveReader(archive), edition)
    return open_dataset(OpeningRequest([source], [key]), to).info


def _sealed(record: Record, edition: Edition, row_id: int) -> SealedResponse:
    return seal(
        record.to_bytes(),
        key=edition.key,
        study_id=edition.study.id,
        edition_id=edition.id,
        row_id=row_id,
        size=edition.envelope_size,
    )
