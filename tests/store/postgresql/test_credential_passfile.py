"""The password file that systemd hands over, whose rights libpq does not accept."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import OperationalError, connection

from kuule.store.database import close_connections, configure
from kuule.store.postgresql.credential_passfile import password_for, with_credential
from tests.store.server import running_server

LINES = """\
# db1:5432:kuule:kuule:in-a-comment
db1:5432:other:kuule:of-another-database
db1:5432:kuule:kuule:with\\:and\\\\:and the rest
*:*:kuule:kuule:of-any-host
too:few:fields
"""
WANTED = {"dbname": "kuule", "user": "kuule", "sslmode": "prefer"}


@pytest.mark.parametrize(
    ("wanted", "password"),
    [
        (("db1", "5432", "kuule", "kuule"), "with:and\\"),
        (("db2", "5433", "kuule", "kuule"), "of-any-host"),
        (("db1", "5432", "other", "kuule"), "of-another-database"),
        (("db1", "5432", "kuule", "postgres"), None),
    ],
)
def test_line_is_found_as_libpq_finds_it(wanted: tuple[str, ...], password: str | None) -> None:
    assert password_for(LINES, wanted) == password


def given(path: Path, **more: str) -> dict[str, object]:
    return {**WANTED, "host": "localhost", "port": "5432", "passfile": str(path), **more}


def test_only_a_credential_is_read_and_every_other_file_is_left_to_libpq(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("credentials", "elsewhere"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pgpass").write_text(LINES)
    credential, elsewhere = (given(tmp_path / folder / "pgpass") for folder in ("credentials", "elsewhere"))
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    assert with_credential(credential) == credential
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    assert with_credential(elsewhere) == elsewhere
    assert with_credential(given(tmp_path / "credentials" / "none")) == given(tmp_path / "credentials" / "none")
    nobody = given(tmp_path / "credentials" / "pgpass", user="postgres")
    assert with_credential(nobody) == nobody
    found = {**WANTED, "host": "localhost", "port": "5432", "password": "of-any-host"}
    assert with_credential(credential) == found


def test_member_of_a_cluster_and_a_socket_have_their_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "pgpass").write_text("db2:5433:kuule:kuule:of-the-cluster\nlocalhost:5432:kuule:kuule:of-the-socket\n")
    cluster = with_credential(given(tmp_path / "pgpass", host="db1,db2", port="5432,5433"))
    assert cluster["password"] == "of-the-cluster"
    assert with_credential(given(tmp_path / "pgpass", host="/run/postgresql"))["password"] == "of-the-socket"


@pytest.mark.slow
def test_server_lets_in_who_has_the_password_in_a_credential_with_the_rights_that_systemd_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    credential = tmp_path / "pgpass"
    credential.write_text("localhost:5432:*:kuule:a-password\n")
    credential.chmod(0o440)
    with running_server({"password_encryption": "scram-sha-256"}) as server:
        server.ask("CREATE ROLE kuule LOGIN PASSWORD 'a-password'")
        (server.data / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n")
        server.ask("SELECT pg_reload_conf()")
        configure(server.url(server.new_database(), f"&passfile={credential}", user="kuule"))
        try:
            monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
            with pytest.raises(OperationalError, match="no password supplied"):
                connection.ensure_connection()
            monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
            connection.ensure_connection()
            assert connection.connection.info.user == "kuule"
        finally:
            close_connections()
