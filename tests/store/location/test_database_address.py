"""Addresses of databases: read, refused, and shown without what is in them to log in with."""

from pathlib import Path

import pytest

from kuule.core.problems import StoreError
from kuule.store.location.database_address import (
    LOCK_SECONDS,
    Address,
    PostgresqlAddress,
    ServerAddress,
    SqliteAddress,
    display_address,
    read_address,
)

HERE = (("sslmode", "prefer"),)
PROVED = (("sslmode", "verify-full"),)
WRITES = ("target_session_attrs", "read-write")
CLUSTER_HERE, PROVED_CLUSTER = (*HERE, WRITES), (*PROVED, WRITES)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("sqlite:////var/lib/kuule/answers.db", SqliteAddress(Path("/var/lib/kuule/answers.db"), LOCK_SECONDS)),
        ("sqlite:///answers.db", SqliteAddress(Path.cwd() / "answers.db", LOCK_SECONDS)),
        ("sqlite:////tmp/a%20b.db?timeout=2.5", SqliteAddress(Path("/tmp/a b.db"), 2.5)),
        (
            "postgresql://kuule@/answers?host=/run/postgresql",
            PostgresqlAddress((ServerAddress("/run/postgresql"),), "answers", "kuule", options=HERE),
        ),
        (
            "postgres://kuule:p%40ss%2Fword%3A@localhost:5433/answers?timeout=5",
            PostgresqlAddress((ServerAddress("localhost", 5433),), "answers", "kuule", "p@ss/word:", 5.0, HERE),
        ),
        (
            "postgresql://[::1]/answers?sslmode=disable",
            PostgresqlAddress((ServerAddress("::1"),), "answers", options=(("sslmode", "disable"),)),
        ),
        (
            "postgresql://db.example.org/answers",
            PostgresqlAddress((ServerAddress("db.example.org"),), "answers", options=PROVED),
        ),
        (
            "postgresql://192.0.2.7/answers?sslmode=verify-full&sslrootcert=/etc/ca.pem&passfile=/etc/pass",
            PostgresqlAddress(
                (ServerAddress("192.0.2.7"),), "answers",
                options=(("passfile", "/etc/pass"), ("sslmode", "verify-full"), ("sslrootcert", "/etc/ca.pem")),
            ),
        ),
        (
            "postgresql://kuule@192.0.2.7,db.example.org:5433,[2001:db8::1]:5434/answers",
            PostgresqlAddress(
                (ServerAddress("192.0.2.7"), ServerAddress("db.example.org", 5433), ServerAddress("2001:db8::1", 5434)),
                "answers", "kuule", options=PROVED_CLUSTER,
            ),
        ),
        (
            "postgresql://localhost:1,localhost:2/answers?target_session_attrs=read-write",
            PostgresqlAddress(
                (ServerAddress("localhost", 1), ServerAddress("localhost", 2)), "answers", options=CLUSTER_HERE
            ),
        ),
        (
            "postgresql://kuule@/answers?host=/run/one,/run/two",
            PostgresqlAddress(
                (ServerAddress("/run/one"), ServerAddress("/run/two")), "answers", "kuule", options=CLUSTER_HERE
            ),
        ),
    ],
)  # fmt: skip
def test_address_is_read(url: str, address: Address) -> None:
    assert read_address(url) == address


@pytest.mark.parametrize(
    ("url", "code"),
    [
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
        ("postgresql://[half/answers", "STORE_002"),
        ("postgresql:///answers", "STORE_002"),
        ("postgresql://kuule@/answers", "STORE_002"),
        ("postgresql://localhost", "STORE_002"),
        ("postgresql://localhost/", "STORE_002"),
        ("postgresql://localhost/a/b", "STORE_002"),
        ("postgresql://localhost/a?host=/run", "STORE_002"),
        ("postgresql:///a?host=db.example.org", "STORE_002"),
        ("postgresql://localhost:port/a", "STORE_002"),
        ("postgresql://one,two/a?sslmode=verify-full&unknown=1", "STORE_002"),
        ("postgresql://localhost/a?timeout=soon", "STORE_002"),
        ("postgresql://localhost/a?options=-csynchronous_commit=off", "STORE_002"),
        ("postgresql://one,,two/a", "STORE_002"),
        ("postgresql://one,one/a", "STORE_002"),
        ("postgresql://one,two:port/a", "STORE_002"),
        ("postgresql:///a?host=/run/one,two", "STORE_002"),
        ("postgresql://one,two/a?target_session_attrs=any", "STORE_002"),
        ("postgresql://localhost/a?target_session_attrs=prefer-standby", "STORE_002"),
        ("postgresql://localhost,db.example.org/a?sslmode=require", "STORE_015"),
        ("postgresql://db.example.org/a?sslmode=require", "STORE_015"),
        ("postgresql://192.0.2.7/a?sslmode=disable", "STORE_015"),
        ("postgresql://db.example.org/a?sslmode=verify-ca", "STORE_015"),
    ],
)
def test_address_that_is_not_served_is_told(url: str, code: str) -> None:
    with pytest.raises(StoreError) as raised:
        read_address(url)
    assert [problem.code for problem in raised.value.problems] == [code]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://marker:marker@db.example.org/a?sslmode=disable",
        "postgresql://marker:marker@localhost/a?no=1",
        "postgresql://marker:mar/ker@localhost/a",
        "postgresql://marker:mar#ker@localhost/a",
        "postgresql://marker:mar?ker@localhost/a",
        "postgresql://marker:marker",
        "postgresql://marker:marker@",
        "mysql://marker:marker@localhost/a",
    ],
)
def test_user_and_password_are_never_told(url: str) -> None:
    with pytest.raises(StoreError) as raised:
        read_address(url)
    assert "mar" not in str(raised.value).replace("marked", "")
    assert "mar" not in repr(raised.value)


def test_password_does_not_show_where_an_address_is_shown() -> None:
    assert "marker" not in repr(read_address("postgresql://kuule:marker@localhost/answers"))


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("/run/postgresql", "postgresql:///answers?host=/run/postgresql"),
        ("localhost", "postgresql://localhost:5432/answers"),
        ("::1", "postgresql://[::1]:5432/answers"),
        ("one,::1", "postgresql://one:5432,[::1]:5432/answers"),
        ("/run/one,/run/two", "postgresql:///answers?host=/run/one,/run/two"),
    ],
)
def test_place_is_an_address_with_nothing_to_log_in_with(host: str, place: str) -> None:
    assert display_address(host, ",".join(["5432"] * len(host.split(","))), "answers") == place
