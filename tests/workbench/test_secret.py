"""The secret outside the database: where it comes from, who may read it, and what it locks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.errors import WorkbenchError
from kuule.workbench.secret import CREDENTIAL, FILE, LENGTH, Secret, workbench_secret


def codes(raised: pytest.ExceptionInfo[WorkbenchError]) -> list[str]:
    return [problem.code for problem in raised.value.problems]


def test_secret_is_made_once_and_is_for_its_owner_only(tmp_path: Path) -> None:
    first = workbench_secret(tmp_path, environment={})
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert workbench_secret(tmp_path, environment={}).signing_key() == first.signing_key()


def test_credential_of_the_service_manager_comes_first(tmp_path: Path) -> None:
    (tmp_path / CREDENTIAL).write_bytes(bytes(LENGTH))
    (tmp_path / CREDENTIAL).chmod(0o600)
    data = tmp_path / "data"
    data.mkdir()
    found = workbench_secret(data, environment={"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert found.signing_key() == Secret(bytes(LENGTH)).signing_key()
    assert list(data.iterdir()) == []


def test_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    workbench_secret(tmp_path, environment={})
    (tmp_path / FILE).chmod(0o604)
    with pytest.raises(WorkbenchError) as raised:
        workbench_secret(tmp_path, environment={})
    assert codes(raised) == ["WORKBENCH_003"]


def test_secret_of_another_length_is_refused_and_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"too short")
    (tmp_path / FILE).chmod(0o600)
    with pytest.raises(WorkbenchError) as raised:
        workbench_secret(tmp_path, environment={})
    assert codes(raised) == ["WORKBENCH_004"]
    assert (tmp_path / FILE).read_bytes() == b"too short"


def test_secret_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError) as raised:
        workbench_secret(tmp_path / "not-there", environment={})
    assert codes(raised) == ["WORKBENCH_002"]


def test_what_is_locked_opens_with_the_same_secret_only_and_never_looks_the_same() -> None:
    one, other = Secret(bytes(LENGTH)), Secret(bytes(range(LENGTH)))
    sealed = one.lock("JBSWY3DPEHPK3PXP")
    assert (one.unlock(sealed), sealed != one.lock("JBSWY3DPEHPK3PXP")) == ("JBSWY3DPEHPK3PXP", True)
    altered = sealed[:-1] + ("0" if sealed[-1] != "0" else "1")
    for opener, text in ((other, sealed), (one, altered), (one, ""), (one, "no digits")):
        with pytest.raises(WorkbenchError) as raised:
            opener.unlock(text)
        assert codes(raised) == ["WORKBENCH_005"]


def test_secret_shows_nothing() -> None:
    assert repr(Secret(bytes(range(LENGTH)))) == "<Secret>"
