"""How many people wrote what has a code, by question and language: exact counts, for the analyst's eyes, with the cell
keys that disclosure control needs. No words and no text are in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from kuule.core.problems import ArchiveError, Problem

CODES_FORMAT = 1
"""Of the file with the counts (`dataset.coded_dataset`)."""
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """A code as the answer of a table: the letters that name it there, its name with those above it, and that by
    language where somebody translated it."""

    code: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """Those who wrote something in a language: how many, and how many of them have each code, with the cell key of
    each."""

    people: int
    people_key: int
    counts: tuple[int, ...]
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CodedQuestion:
    """The codes of what people wrote to `question`, in the order of the codebook, and the counts by language. A code
    counts where it, or one below it, was given. Raises ValueError if numbers are missing or contradict each other."""

    question: str
    answers: tuple[CodeAnswer, ...]
    columns: Mapping[str, CodeColumn]

    def __post_init__(self) -> None:
        for language, column in self.columns.items():
            if not len(column.counts) == len(column.keys) == len(self.answers):
                raise ValueError(f"{language}: another number of counts than of codes")
            if any(not 0 <= count <= column.people for count in column.counts):
                raise ValueError(f"{language}: a code that more people have than wrote")
        if len({one.code for one in self.answers}) < len(self.answers):
            raise ValueError("a code is there twice")

    @property
    def coding_hash(self) -> str:
        """What changes when a text is coded otherwise, and not when a code gets another name: digits of a hash."""
        columns = {language: asdict(column) for language, column in self.columns.items()}
        content = [self.question, [one.code for one in self.answers], columns]
        return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:_DIGITS]


CodedQuestions = Mapping[str, CodedQuestion]
"""By the name of the item that tables are asked for with (`tables.request.code_item`)."""


def code_counts_path(dataset: Path) -> Path:
    """The file beside a dataset folder."""
    folder = dataset.resolve()
    return folder.with_name(f"{folder.name}.codes.json")


def remove_code_counts(dataset: Path) -> None:
    """Remove the file, if there is one. Beside the counts of a version without a response, it would say which codes the
    one that was withdrawn had. Raises ArchiveError DATA_018."""
    path = code_counts_path(dataset)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        cause = f"the counts of codes cannot be removed ({error.strerror})"
        problem = Problem("DATA_018", str(path), cause, "see that you may write there, then do it again")
        raise ArchiveError(problem) from None
