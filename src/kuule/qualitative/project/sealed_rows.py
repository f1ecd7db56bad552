"""The rows of a project file, opened and sealed, and the head that counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kuule.opening.protected_key import Argon2Parameters, Passphrase
from kuule.qualitative.project.passphrase_slot import make_slot
from kuule.qualitative.project.project_storage import ProjectStorage, RowChange
from kuule.qualitative.project.row_codec import (
    ProjectHead,
    ProjectRow,
    Tombstone,
    UnknownRow,
    row_bytes,
    row_from_bytes,
)
from kuule.qualitative.project.row_sealing import RowSealer, UnopenedRow, add_to_sum, renew_key, take_from_sum
from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.project_model.project_problems import ProjectError, project_error

HEAD_ID = b"head"
_TOMBSTONE, _TEXT = "tombstone", "text"


class SealedRows:
    """The rows in one file, with the key of its project."""

    def __init__(self, storage: ProjectStorage, key: bytes) -> None:
        """Raises ProjectError PROJECT_006."""
        self.storage = storage
        self._key = key
        self._sealer = RowSealer(key, storage.header.project)
        try:
            self._head = ProjectHead.from_bytes(self._sealer.open(HEAD_ID, storage.header.head))
        except (UnopenedRow, ValueError):
            raise self._altered("its head was altered") from None

    def read(self) -> Iterator[ProjectRow]:
        """Everything.

        Raises ProjectError PROJECT_004 (of a newer version), PROJECT_006 (a row was altered), PROJECT_007 (rows were
        taken out or put in without the key).
        """
        head = ProjectHead()
        for row_id, sealed in self.storage.rows():
            head = ProjectHead(head.rows + 1, add_to_sum(head.sum, self._sealer.sum_term(row_id)))
            try:
                yield row_from_bytes(row_id, self._sealer.open(row_id, sealed))
            except UnopenedRow:
                raise self._altered("a row of it was altered") from None
            except UnknownRow:
                cause = "a row of it has a shape that this version does not know"
                raise project_error("PROJECT_004", self._place, cause, "use a newer version of Kuule") from None
        if head != self._head:
            cause = f"it has {head.rows:,} rows, and its head tells of {self._head.rows:,}, or of others"
            remedy = "rows were taken out or put back by something without the key: take another copy of the file"
            raise project_error("PROJECT_007", self._place, cause, remedy)

    def change(self, added: Iterable[ProjectRow], removed: Iterable[str]) -> None:
        """Put rows in and take others out (by the ids of their texts and acts), in one transaction. Raises ProjectError
        PROJECT_009; then nothing has changed."""
        new = {self._row_id(row): row for row in added}
        old = [bytes.fromhex(one) for one in removed]
        total = self._head.sum
        for row_id in new:
            total = add_to_sum(total, self._sealer.sum_term(row_id))
        for row_id in old:
            total = take_from_sum(total, self._sealer.sum_term(row_id))
        head = ProjectHead(self._head.rows + len(new) - len(old), total)
        sealed = {row_id: self._sealer.seal(row_id, row_bytes(row)) for row_id, row in new.items()}
        self.storage.apply(RowChange(self._sealer.seal(HEAD_ID, head.to_bytes()), sealed, old))
        self._head = head

    def seal_anew(self, passphrase: Passphrase, cost: Argon2Parameters) -> None:
        """Seal every row with a new key, and that to another passphrase, in one transaction: what the old passphrase
        opens in a copy does not open this file any more. Raises ProjectError PROJECT_006, PROJECT_009;
        KeyMaterialError KEY_042."""
        key = renew_key(self._key)
        slot = make_slot(key, passphrase, self.storage.header.project, cost=cost)
        sealer = RowSealer(key, self.storage.header.project)
        try:
            rows = [(sealer.seal(one, self._sealer.open(one, sealed)), one) for one, sealed in self.storage.rows()]
        except UnopenedRow:
            raise self._altered("a row of it was altered") from None
        self.storage.replace_all(rows, slot.to_bytes(), sealer.seal(HEAD_ID, self._head.to_bytes()))
        self._key, self._sealer = key, sealer

    def text_id(self, generation: int, item: str, language: str, words: str) -> TextId:
        """The id of a text that was withdrawn so many times and written again."""
        return self._sealer.keyed_id(_TEXT, str(generation), item, language, words).hex()

    def _row_id(self, row: ProjectRow) -> bytes:
        if isinstance(row, Tombstone):
            return self._sealer.keyed_id(_TOMBSTONE, row.text)
        return bytes.fromhex(row.id)

    @property
    def _place(self) -> str:
        return str(self.storage.path)

    def _altered(self, cause: str) -> ProjectError:
        return project_error("PROJECT_006", self._place, cause, "take another copy of the file")


def sealed_head(key: bytes, project: bytes) -> bytes:
    """The head of a project that has no rows yet."""
    return RowSealer(key, project).seal(HEAD_ID, ProjectHead().to_bytes())
