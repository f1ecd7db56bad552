"""The preview of this process: one session, which the views belong to, and Django's settings for them."""

from __future__ import annotations

import logging.config
from pathlib import Path

from kuule.collector.pages import TEMPLATES
from kuule.preview.preview_session import PreviewSession
from kuule.store.database import configure_in_memory
from kuule.web.redacted_logging import LOGGING
from kuule.web.templates import templates_setting

_MOST_POSTED, _MOST_FIELDS = 8 * 1024 * 1024, 20_000
"""As much as the largest form that a study can have: another one may be there after the next change."""


class _Running:
    session: PreviewSession | None = None


def run_preview(session: PreviewSession) -> None:
    """From now on, the views belong to this session."""
    _Running.session = session


def running_preview() -> PreviewSession:
    """The session that the views belong to."""
    if _Running.session is None:
        raise RuntimeError("no preview runs in this process")
    return _Running.session


def configure_django() -> None:
    """Configure this process for a preview: the collector's site, with the pages around it, and no file to keep
    anything in."""
    configure_in_memory(
        # Not used: nothing is signed by Django, and no page is made from the Host header.
        SECRET_KEY="not used",  # noqa: S106
        ALLOWED_HOSTS=["*"],  # `loopback_guard` has compared the whole of it, with its port
        DEBUG=False,
        ROOT_URLCONF="kuule.preview.urls",
        MIDDLEWARE=[
            "kuule.web.headers.security_headers",
            "kuule.preview.preview_marks.mark_pages",
            "kuule.preview.frame_views.answer_frame_addresses",
            "kuule.collector.http.refused_requests.refuse_unreadable_requests",
        ],
        TEMPLATES=templates_setting([Path(__file__).parent / "templates", TEMPLATES]),
        APPEND_SLASH=False,
        USE_I18N=False,
        LOGGING=LOGGING,
        DATA_UPLOAD_MAX_MEMORY_SIZE=_MOST_POSTED,
        DATA_UPLOAD_MAX_NUMBER_FIELDS=_MOST_FIELDS,
        DATA_UPLOAD_MAX_NUMBER_FILES=0,
        FILE_UPLOAD_HANDLERS=[],
        ONION_SERVICE="",
        ONION_LOCATION="",
        SCRUBBED_FRONT=False,
    )
    logging.config.dictConfig(LOGGING)
