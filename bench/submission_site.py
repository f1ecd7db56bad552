"""A site that does one thing: it seals a record and keeps it, as the collector does at the end of a visit."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope import seal
from kuule.store.database import configure
from kuule.store.rows.responses import SubmissionResult, save_response

VARIABLE = "KUULE_BENCH_DATABASE"
SIZE = 4096
_RECORD = b"x" * 1500
_EDITION = "ab" * 32
_KEY = PrivateKey.generate(bytes(range(32)), rehearsal=True).public

if VARIABLE in os.environ:
    configure(os.environ[VARIABLE])


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Each request is a new response, and is answered when that is on the disk."""
    row_id = secrets.randbits(63)
    sealed = seal(_RECORD, key=_KEY, study_id="bench", edition_id=_EDITION, row_id=row_id, size=SIZE)
    kept = save_response(sealed)
    start_response("200 OK" if kept is SubmissionResult.NEW else "500 Not new", [("Content-Length", "1")])
    return [b"."]
