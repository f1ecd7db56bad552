"""Datasets of each format, as they were written once, are read as what they are, by whatever version."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

import pytest

from kuule.dataset.open_texts import TextOccurrence, count_open_texts
from kuule.dataset.schema.dataset_info import READABLE_FORMATS
from kuule.dataset.schema.dataset_reader import read_dataset

VECTORS = Path(__file__).parent
TEXTS = {
    2: {"a": TextOccurrence(2, None), "b": TextOccurrence(1, None)},
    3: {
        "a": TextOccurrence(2, leave=False),
        "b": TextOccurrence(1, leave=False),
        "c": TextOccurrence(1, None),
        "d": TextOccurrence(1, leave=True),
    },
}


@pytest.mark.parametrize("number", READABLE_FORMATS)
def test_dataset_of_a_format_is_read(number: int, tmp_path: Path) -> None:
    for name, content in json.loads((VECTORS / f"dataset-{number}.json").read_bytes()).items():
        (tmp_path / name).write_bytes(b64decode(content))
    assert json.loads((tmp_path / "dataset.json").read_bytes())["format"] == number
    dataset = read_dataset(tmp_path)
    assert dataset.frame.collect().height == dataset.info.responses
    assert count_open_texts(dataset) == {("wish", "en", words): said for words, said in TEXTS[number].items()}
