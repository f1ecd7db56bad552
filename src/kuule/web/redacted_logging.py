"""Logging that tells an operator that something broke, but never who was there or what they wrote."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any


class RedactingFormatter(logging.Formatter):
    """Logs the class of an exception and the lines of code that it passed, but never its message, a value, a path or
    the time.

    The message of an exception may quote what a respondent wrote (`invalid literal for int(): '…'`).
    """

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        kind, _value, trace = ei
        return "\n".join([*_code_lines(trace), kind.__name__ if kind else "unknown"])

    def format(self, record: logging.LogRecord) -> str:
        # The arguments of a message are dropped: Django puts the path of the request and the exception into them.
        quiet = logging.LogRecord(record.name, record.levelno, "", 0, record.name, None, record.exc_info)
        return super().format(quiet)


class ExceptionsOnlyFilter(logging.Filter):
    """Lets only records of exceptions pass. Django logs each 503 at the same level, and a line for each of them would
    count people."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info)


def _code_lines(trace: TracebackType | None) -> list[str]:
    return [f"  {frame.name} ({_module(frame.filename)}:{frame.lineno})" for frame in traceback.extract_tb(trace)]


def _module(filename: str) -> str:
    return "/".join(filename.split("/")[-3:])


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "quiet": {"()": "kuule.web.redacted_logging.RedactingFormatter", "fmt": "%(levelname)s %(message)s"}
    },
    "filters": {"faults": {"()": "kuule.web.redacted_logging.ExceptionsOnlyFilter"}},
    "handlers": {
        "quiet": {"class": "logging.StreamHandler", "formatter": "quiet", "level": "ERROR"},
        "faults": {"class": "logging.StreamHandler", "formatter": "quiet", "level": "ERROR", "filters": ["faults"]},
    },
    "root": {"handlers": ["quiet"], "level": "ERROR"},
    "loggers": {
        "django": {"handlers": ["quiet"], "level": "ERROR", "propagate": False},
        "django.request": {"handlers": ["faults"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["quiet"], "level": "ERROR", "propagate": False},
        # Requests whose host, field or size is refused get a page that says so. A log of them would be a log of people.
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.db.backends": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
"""For Django's LOGGING setting: errors only, through RedactingFormatter, to stderr. There is no access log anywhere."""
