"""A log that an operator can use and that tells nothing of anyone."""

from __future__ import annotations

import logging

from kuule.web.redacted_logging import RedactingFormatter

MARKER = "marker-7f3a"


def record_of(message: str, *arguments: object) -> logging.LogRecord:
    """A record as Django makes one, of an exception that quotes what was typed."""
    try:
        int(MARKER)
    except ValueError as error:
        kept = (type(error), error, error.__traceback__)
    return logging.LogRecord("django.request", logging.ERROR, "", 1, message, arguments, kept)


def test_formatter_says_where_it_broke() -> None:
    text = RedactingFormatter("%(levelname)s %(message)s").format(record_of("boom"))
    assert text.splitlines()[0] == "ERROR django.request"
    assert text.splitlines()[-1] == "ValueError"
    assert "record_of (tests/web/test_redacted_logging.py:" in text


def test_formatter_leaves_out_what_was_typed() -> None:
    record = record_of("Internal Server Error: %s", f"/en?{MARKER}")
    assert MARKER in record.getMessage()
    assert MARKER in logging.Formatter().format(record)
    assert MARKER not in RedactingFormatter("%(levelname)s %(message)s").format(record)
