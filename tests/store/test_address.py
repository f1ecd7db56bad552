"""Addresses of databases."""

from pathlib import Path

import pytest

from kuule.errors import StoreError
from kuule.store.address import LOCK_SECONDS, Address, read_address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("sqlite:////var/lib/kuule/answers.db", Address(Path("/var/lib/kuule/answers.db"), LOCK_SECONDS)),
        ("sqlite:///answers.db", Address(Path.cwd() / "answers.db", LOCK_SECONDS)),
        ("sqlite:////tmp/a%20b.db?timeout=2.5", Address(Path("/tmp/a b.db"), 2.5)),
    ],
)
def test_address_of_a_file(url: str, address: Address) -> None:
    assert read_address(url) == address


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql://host/db", "STORE_001"),
        ("mysql://host/db", "STORE_001"),
        ("answers.db", "STORE_001"),
        ("", "STORE_001"),
        ("sqlite:///", "STORE_002"),
        ("sqlite:///:memory:", "STORE_002"),
        ("sqlite://answers.db", "STORE_002"),
        ("sqlite:///a?timeout=soon", "STORE_002"),
        ("sqlite:///a?timeout=-1", "STORE_002"),
        ("sqlite:///a?timeout=nan", "STORE_002"),
        ("sqlite:///a?mode=ro", "STORE_002"),
    ],
)
def test_address_that_is_not_served_is_told(url: str, code: str) -> None:
    with pytest.raises(StoreError) as raised:
        read_address(url)
    assert [problem.code for problem in raised.value.problems] == [code]


def test_address_with_a_password_is_told_without_it() -> None:
    with pytest.raises(StoreError) as raised:
        read_address("postgresql://kuule:marker@host/answers")
    assert str(raised.value) == "STORE_001 host/answers: PostgreSQL is not served yet; give sqlite:///PATH"
