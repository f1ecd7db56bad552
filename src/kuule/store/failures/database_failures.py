"""Turns the errors of any database into words: one problem for each kind of failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.utils import DatabaseError, InterfaceError

from kuule.core.problems import Problem, StoreError
from kuule.store.failures import postgresql_sqlstates, sqlite_result_codes

__all__ = ["DATABASE_ERRORS", "failure_problem", "is_transient", "raise_store_errors"]

DATABASE_ERRORS = (DatabaseError, InterfaceError)
"""What Django raises for a database; the second one when a connection broke."""
_UNKNOWN = ("STORE_009", "the database refused ({})", "look at the disk, then start again")


@contextmanager
def raise_store_errors(place: str) -> Iterator[None]:
    """Raise every failure of the database in the block as a StoreError that says what it means."""
    try:
        yield
    except DATABASE_ERRORS as error:
        raise StoreError(failure_problem(error, place)) from error


def failure_problem(error: Exception, place: str) -> Problem:
    """The problem for a failure, by the result code of the database if it has one."""
    cause = error.__cause__ or error
    text = sqlite_result_codes.describe_failure(cause) or postgresql_sqlstates.describe_failure(cause)
    if text is None:
        number, words, remedy = _UNKNOWN
        code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or type(error).__name__
        return Problem(number, place, words.format(code), remedy)
    return Problem(text[0], place, text[1], text[2])


def is_transient(error: Exception) -> bool:
    """Whether a new attempt may succeed in a moment: the connection broke, the server is starting, or two transactions
    collided."""
    return postgresql_sqlstates.is_transient(error.__cause__ or error)
