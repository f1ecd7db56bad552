"""A project of format 1, as it was written once, opens to the same texts and acts, by whatever version."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kuule.opening.protected_key import Passphrase
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_files import opened_project
from kuule.qualitative.project.project_storage import StoredHeader, make_tables
from kuule.qualitative.project.row_codec import row_bytes, row_from_bytes
from kuule.qualitative.project_model.acts import Act, TakenDataset
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.project_model.quote_acts import QuoteProposal

VECTOR: dict[str, Any] = json.loads(Path(__file__).with_name("project-1.json").read_text(encoding="utf-8"))


def opened(folder: Path, header: dict[str, str], rows: dict[str, str]) -> list[str]:
    """The contents of all rows of such a file."""
    path = folder / "project"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        make_tables(connection, StoredHeader(**{name: bytes.fromhex(one) for name, one in header.items()}))
        sealed = [(bytes.fromhex(row_id), bytes.fromhex(one)) for row_id, one in rows.items()]
        connection.executemany("INSERT INTO rows VALUES (?, ?)", sealed)
    with opened_project(path, Passphrase(VECTOR["passphrase"])) as project:
        return contents_of(project)


def contents_of(project: OpenProject) -> list[str]:
    return sorted(row_bytes(row).decode("utf-8") for row in project.rows())


def test_every_kind_of_row_opens_to_what_it_was(tmp_path: Path) -> None:
    assert opened(tmp_path, VECTOR["header"], VECTOR["rows"]) == VECTOR["contents"]
    kinds = {json.loads(one[1:])[4]["kind"] for one in VECTOR["contents"] if one.startswith("A")}
    assert kinds == {
        "adjudication", "code", "coding", "dataset", "memo", "quote", "redaction", "ruling", "translation", "undoing",
    }  # fmt: skip


BEFORE_LEAVE = (
    b'A[2,"lead","2026-11-28",[],{"study":"our-voice","version":"00112233445566ff","rehearsal":true,"repeated":[],'
    b'"kind":"dataset"}]',
    b'A[3,"reader-1","2026-11-28",[],{"quote":"11","number":12,"text":"22","span":{"start":0,"end":4},'
    b'"role":"reader-1","group":"","translations":[],"kind":"quote"}]',
)
"""Rows as they were written before datasets said who may be quoted."""


@pytest.mark.parametrize("row", BEFORE_LEAVE)
def test_rows_from_before_leave_to_quote_are_read(row: bytes) -> None:
    content = row_from_bytes(bytes(16), row)
    assert isinstance(content, Act)
    assert isinstance(content.content, TakenDataset | QuoteProposal)


@pytest.mark.parametrize("place", [0, 11, 12, 200, -17, -1])
def test_one_bit_of_any_row_is_noticed(tmp_path: Path, place: int) -> None:
    row_id, sealed = next(iter(VECTOR["rows"].items()))
    altered = bytearray.fromhex(sealed)
    altered[place] ^= 1
    with pytest.raises(ProjectError, match=r"^PROJECT_006 "):
        opened(tmp_path, VECTOR["header"], {**VECTOR["rows"], row_id: altered.hex()})


@pytest.mark.parametrize(
    ("name", "place", "code"), [("slot", 30, "PROJECT_005"), ("slot", 0, "PROJECT_003"), ("head", 20, "PROJECT_006")]
)
def test_one_bit_of_the_header_is_noticed(tmp_path: Path, name: str, place: int, code: str) -> None:
    altered = bytearray.fromhex(VECTOR["header"][name])
    altered[place] ^= 1
    with pytest.raises(ProjectError, match=f"^{code} "):
        opened(tmp_path, {**VECTOR["header"], name: altered.hex()}, VECTOR["rows"])


def test_a_row_less_is_noticed(tmp_path: Path) -> None:
    rows = dict(list(VECTOR["rows"].items())[1:])
    with pytest.raises(ProjectError, match=r"^PROJECT_007 "):
        opened(tmp_path, VECTOR["header"], rows)
