"""The counts of codes beside a dataset (`NAME.codes.json`): written by a project of its open answers, and read as items
of it, of which tables are made like any other.

A text has no key to its response, so such an item is counted of everyone and by language, and crossed with nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

import polars as pl

from kuule.core.files import write_atomically
from kuule.core.problems import Problem, PublishingError
from kuule.dataset.schema.codebook import CODES_CONTROL, Codebook, CodebookItem
from kuule.dataset.schema.coded_questions import CODES_FORMAT, CodedQuestion, code_counts_path
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.tables.request import code_item

_LABEL = b"kuule text key 1"


@dataclass(frozen=True, slots=True)
class CodeCounts:
    """The file: of which version of which study, and the questions."""

    format: int
    study: str
    dataset: str
    questions: tuple[CodedQuestion, ...]


def write_code_counts(dataset: Dataset, questions: Iterable[CodedQuestion]) -> Path:
    """Write the file, in place of the one before. Only this user can read it. Raises OSError."""
    found = CodeCounts(CODES_FORMAT, dataset.info.study, dataset.info.version, tuple(questions))
    path = code_counts_path(dataset.path)
    write_atomically(path, (json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n").encode(), mode=0o600)
    return path


def read_coded_dataset(folder: Path) -> Dataset:
    """The dataset in a folder, with the items that its codes make, if there are any for this version of it.

    Raises ArchiveError as `read_dataset` does, PublishingError REPORT_060 (the file beside it is something else).
    """
    dataset, path = read_dataset(folder), code_counts_path(folder)
    if not path.exists():
        return dataset
    from pydantic import TypeAdapter  # slow, and few datasets have codes

    try:
        found = TypeAdapter(CodeCounts).validate_json(path.read_bytes())
        if found.format != CODES_FORMAT:
            raise ValueError("another format")
    except (OSError, ValueError):  # pydantic's own is one
        cause = "it is not what `kuule answers count` writes"
        raise PublishingError(Problem("REPORT_060", str(path), cause, "count the codes again")) from None
    if (found.study, found.dataset) != (dataset.info.study, dataset.info.version):
        return dataset
    known = [one for one in found.questions if one.question in dataset.codebook.items]
    items = {code_item(one.question): _item(one, dataset.codebook) for one in known}
    codebook = replace(dataset.codebook, items={**dataset.codebook.items, **items})
    return replace(dataset, codebook=codebook, coded={code_item(one.question): one for one in known})


def text_key(dataset: Dataset) -> Callable[[str, str, str, int], int]:
    """A function that gives the key of a text for the noise in what is published of codes: a number below 2^32, from
    its item, language and words, and which of the equal ones it is.

    It follows from all record keys of the dataset, which are secret, so that whoever knows their own words does not
    know their key. It is the same for every project and every opening of the same archive.
    """
    keys = dataset.frame.select(pl.col(RECORD_KEY).sort()).collect().to_series()
    secret = sha256(_LABEL + b"".join(int(key).to_bytes(4, "big") for key in keys)).digest()

    def key(item: str, language: str, words: str, number: int) -> int:
        said = json.dumps([item, language, words, number]).encode()
        return int.from_bytes(sha256(secret + said).digest()[:4], "big")

    return key


def _item(coded: CodedQuestion, codebook: Codebook) -> CodebookItem:
    """The question as an item whose answers are codes. Its heading is the question as it was asked."""
    written = codebook.items[coded.question]
    return replace(
        written,
        name=code_item(coded.question),
        path=code_item(written.path),
        control=CODES_CONTROL,
        choices=tuple(one.code for one in coded.answers),
        multiple=True,
        ordered=False,
        sensitive=True,
        open_text=False,
        columns={},
        answers={tag: {one.code: one.names.get(tag, one.name) for one in coded.answers} for tag in codebook.languages},
        adapted={},
        rests_on=codebook.rests_on[coded.question],
        question="",
    )
