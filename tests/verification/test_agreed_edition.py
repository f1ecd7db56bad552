"""The edition that was agreed on is read with all its files; anything else is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.study.edition.study_edition import read_edition
from kuule.verification.agreed_edition import read_agreed_edition
from kuule.verification.site_findings import VerificationError
from tests.study.small_study import make_edition


def test_folder_and_its_manifest_name_the_same_edition(tmp_path: Path) -> None:
    make_edition(tmp_path)
    folder = tmp_path / "edition"
    edition, read = read_edition(folder), read_agreed_edition(folder)
    assert read == read_agreed_edition(folder / "edition.json")
    assert (read.id, read.fingerprint) == (edition.id, edition.key.fingerprint)
    assert (read.languages, read.open_languages) == ({"en", "sv", "ar"}, {"en"})


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "answers.archive").touch()
    with pytest.raises(VerificationError) as refused:
        read_agreed_edition(tmp_path / "answers.archive")
    assert [problem.code for problem in refused.value.problems] == ["VERIFY_004"]
