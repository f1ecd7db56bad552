"""What the database says when it does not keep what it is given, in words: one Problem for each kind of failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.utils import DatabaseError, InterfaceError

from kuule.core.problems import Problem, StoreError
from kuule.store.failures import postgresql_sqlstates as postgresql
from kuule.store.failures import sqlite_result_codes as sqlite

__all__ = ["DATABASE_ERRORS", "failure_problem", "is_transient", "raise_store_errors"]

DATABASE_ERRORS = (DatabaseError, InterfaceError)
"""What Django raises for a database; the second where a line broke."""
_UNKNOWN = ("STORE_009", "the database refused ({})", "look at the disk, then start again")


@contextmanager
def raise_store_errors(place: str) -> Iterator[None]:
    """Within, a failure of the database is raised as a StoreError that names it."""
    try:
        yield
    except DATABASE_ERRORS as error:
        raise StoreError(failure_problem(error, place)) from error


def failure_problem(error: Exception, place: str) -> Problem:
    """The words for a failure, told by the database's result code wherever it gives one."""
    cause = error.__cause__ or error
    saying = sqlite.describe_failure(cause) or postgresql.describe_failure(cause)
    if saying is None:
        number, words, remedy = _UNKNOWN
        code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or type(error).__name__
        return Problem(number, place, words.format(code), remedy)
    return Problem(saying[0], place, saying[1], saying[2])


def is_transient(error: Exception) -> bool:
    """Whether the same again in a moment may well succeed: a lost line, a server that starts, two that collided."""
    return postgresql.is_transient(error.__cause__ or error)
