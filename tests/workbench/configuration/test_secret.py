"""The secret outside the database: where it comes from, who may read it, and what it locks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import WorkbenchError
from kuule.workbench.configuration.secret import SECRET_CREDENTIAL, SECRET_FILE, SECRET_LENGTH, Secret, load_secret


def codes(raised: pytest.ExceptionInfo[WorkbenchError]) -> list[str]:
    return [problem.code for problem in raised.value.problems]


def test_secret_is_made_once_and_is_for_its_owner_only(tmp_path: Path) -> None:
    first = load_secret(tmp_path, environment={})
    assert [path.name for path in tmp_path.iterdir()] == [SECRET_FILE]
    assert (tmp_path / SECRET_FILE).stat().st_mode & 0o777 == 0o600
    assert load_secret(tmp_path, environment={}).signing_key() == first.signing_key()


def test_credential_of_the_service_manager_comes_first(tmp_path: Path) -> None:
    (tmp_path / SECRET_CREDENTIAL).write_bytes(bytes(SECRET_LENGTH))
    (tmp_path / SECRET_CREDENTIAL).chmod(0o600)
    data = tmp_path / "data"
    data.mkdir()
    found = load_secret(data, environment={"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert found.signing_key() == Secret(bytes(SECRET_LENGTH)).signing_key()
    assert list(data.iterdir()) == []


def test_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    load_secret(tmp_path, environment={})
    (tmp_path / SECRET_FILE).chmod(0o604)
    with pytest.raises(WorkbenchError) as raised:
        load_secret(tmp_path, environment={})
    assert codes(raised) == ["WORKBENCH_003"]


def test_secret_of_another_length_is_refused_and_stays(tmp_path: Path) -> None:
    (tmp_path / SECRET_FILE).write_bytes(b"too short")
    (tmp_path / SECRET_FILE).chmod(0o600)
    with pytest.raises(WorkbenchError) as raised:
        load_secret(tmp_path, environment={})
    assert codes(raised) == ["WORKBENCH_004"]
    assert (tmp_path / SECRET_FILE).read_bytes() == b"too short"


def test_secret_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError) as raised:
        load_secret(tmp_path / "not-there", environment={})
    assert codes(raised) == ["WORKBENCH_002"]


def test_what_is_locked_opens_with_the_same_secret_only_and_never_looks_the_same() -> None:
    one, other = Secret(bytes(SECRET_LENGTH)), Secret(bytes(range(SECRET_LENGTH)))
    sealed = one.encrypt("JBSWY3DPEHPK3PXP")
    assert (one.decrypt(sealed), sealed != one.encrypt("JBSWY3DPEHPK3PXP")) == ("JBSWY3DPEHPK3PXP", True)
    altered = sealed[:-1] + ("0" if sealed[-1] != "0" else "1")
    for opener, text in ((other, sealed), (one, altered), (one, ""), (one, "no digits")):
        with pytest.raises(WorkbenchError) as raised:
            opener.decrypt(text)
        assert codes(raised) == ["WORKBENCH_005"]


def test_secret_shows_nothing() -> None:
    assert repr(Secret(bytes(range(SECRET_LENGTH)))) == "<Secret>"
