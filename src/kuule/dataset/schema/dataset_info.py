"""What dataset.json says: which data this is. Counts in it are exact, and for the analyst only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256

from kuule.tables.result import DataOrigin

INFO_FILE = "dataset.json"
DATASET_FORMAT = 3
"""In version 2, responses have record keys; in version 3, open texts say whether they may be quoted."""
READABLE_FORMATS = (2, 3)


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """What a dataset says about itself. `files` has the SHA-256 of every other file of the folder; `unopened` counts
    the entries of unopened.json.

    `languages` are those in which the survey could be answered: one that nobody used counts as zero.
    """

    study: str
    editions: tuple[str, ...]
    rehearsal: bool
    key_fingerprints: tuple[str, ...]
    source_language: str
    languages: tuple[str, ...]
    responses: int
    unopened: int
    files: Mapping[str, str]
    salt: str

    @property
    def version(self) -> str:
        """16 hexadecimal digits that name the dataset in a report: a hash of the salt and of the hash of the responses.

        The salt is random and never published. Without it, a guess at all responses could be tested against this.
        """
        return sha256(f"{self.salt} {self.files['responses.parquet']}".encode()).hexdigest()[:16]

    @property
    def origin(self) -> DataOrigin:
        return DataOrigin(
            study=self.study,
            dataset=self.version,
            editions=self.editions,
            rehearsal=self.rehearsal,
            responses=self.responses,
            languages=self.languages,
            unopened=self.unopened,
            key_fingerprints=self.key_fingerprints,
        )

    def to_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, object]) -> DatasetInfo:
        """Raises ValueError, KeyError or TypeError if the content is not such a table."""
        kinds = {
            "rehearsal": bool,
            "responses": int,
            "unopened": int,
            "files": dict,
            "study": str,
            "source_language": str,
            "salt": str,
        }
        values = {one.name: content[one.name] for one in fields(cls)}
        for name, value in values.items():
            parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            if not isinstance(value, kinds.get(name, list)) or not all(isinstance(one, str) for one in parts):
                raise TypeError(f"{name} is not what it should be")
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return cls(**(values | lists))  # type: ignore[arg-type]  # each was checked against its type above
