"""The members of a cluster: several PostgreSQL servers, all named in the address, of which one takes writes and the
others follow it.

A server that is named alone has no replica (`server_settings`). Who runs the cluster (Patroni, or a person) decides
which member takes writes; each new connection finds out which one it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kuule.core.problems import Problem
from kuule.store.location.database_address import display_address


@dataclass(frozen=True, slots=True)
class ClusterMember:
    """One server of the cluster, as libpq finds it."""

    host: str
    port: str


class _LastUsed:
    """The member that took writes when a connection was opened last."""

    member: ClusterMember | None = None


def _members_in(hosts: str, ports: str) -> tuple[ClusterMember, ...]:
    return tuple(ClusterMember(host, port) for host, port in zip(hosts.split(","), ports.split(","), strict=True))


def order_members(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a connection with the member first that took writes last: one that is cut off would cost
    everybody the time until it is given up."""
    last, hosts = _LastUsed.member, str(params.get("host", ""))
    if last is None or "," not in hosts:
        return params
    members = sorted(_members_in(hosts, str(params["port"])), key=lambda member: member != last)
    return {
        **params,
        "host": ",".join(member.host for member in members),
        "port": ",".join(member.port for member in members),
    }


def note_member(host: str, port: int) -> None:
    """Remember which member a connection led to."""
    _LastUsed.member = ClusterMember(host, str(port))


def all_members() -> tuple[ClusterMember, ...]:
    """The servers that the address names, in its order."""
    settings = connection.settings_dict
    return _members_in(str(settings["HOST"]), str(settings["PORT"]))


def other_members() -> tuple[ClusterMember, ...]:
    """Those that the connection of this thread does not lead to."""
    connection.ensure_connection()
    line: Any = connection.connection
    info = line.info
    here = ClusterMember(info.host, str(info.port))
    return tuple(member for member in all_members() if member != here)


def member_problem(code: str, member: ClusterMember, cause: str, remedy: str) -> Problem:
    """A problem of one member, under its own address."""
    return Problem(
        code, display_address(member.host, member.port, str(connection.settings_dict["NAME"])), cause, remedy
    )


class MemberConnection:
    """A connection to one member, whichever part it has in the cluster, for what is asked of each of them."""

    def __init__(self, member: ClusterMember) -> None:
        import psycopg  # optional: the driver is in an extra

        there = {"host": member.host, "port": member.port, "target_session_attrs": "any"}
        self._connection = psycopg.connect(**{**connection.get_connection_params(), **there}, autocommit=True)

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that the member answers with."""
        with self._connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """End the connection."""
        self._connection.close()


def reach_other_members() -> Iterator[tuple[ClusterMember, MemberConnection | None]]:
    """Each other member with a connection to it while it is looked at; None where it does not answer."""
    import psycopg  # optional: the driver is in an extra

    for member in other_members():
        try:
            reached = MemberConnection(member)
        except psycopg.OperationalError:
            yield member, None
            continue
        with closing(reached):
            yield member, reached
