"""A response made whole before it is handed on, so that what is held while it is made can be let go."""

from __future__ import annotations

from kuule.web.handler_types import Application, Environ, StartResponse


def whole_response(application: Application, environ: Environ, start_response: StartResponse) -> list[bytes]:
    """All that an application answers, in one piece; its answer is closed (PEP 3333)."""
    answer = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        if hasattr(answer, "close"):
            answer.close()
