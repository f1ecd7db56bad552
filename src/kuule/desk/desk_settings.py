"""Django's settings for the desk: no database, no sessions, no cookie, no file of its own."""

from __future__ import annotations

import logging.config
import secrets
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from kuule.desk.access_checks import MOST_POSTED, MOST_UPLOADED
from kuule.web.redacted_logging import LOGGING
from kuule.web.templates import templates_setting

_FIELDS = 3_000


def configure_django() -> None:
    """Configure this process for the desk, once."""
    if not settings.configured:
        settings.configure(**django_settings())
        django.setup()
        logging.config.dictConfig(LOGGING)


def django_settings() -> dict[str, Any]:
    """What the desk's process is configured with."""
    [backend] = templates_setting([Path(__file__).parent / "templates"])
    backend["OPTIONS"]["environment"] = "kuule.desk.desk_pages.desk_environment"
    return {
        "SECRET_KEY": secrets.token_urlsafe(32),
        "ALLOWED_HOSTS": ["*"],  # `access_checks` has compared the whole of it, with its port
        "DEBUG": False,
        "ROOT_URLCONF": "kuule.desk.urls",
        "INSTALLED_APPS": [],
        "MIDDLEWARE": ["kuule.web.headers.security_headers", "kuule.desk.desk_pages.never_kept"],
        "TEMPLATES": [backend],
        "DATABASES": {},
        "APPEND_SLASH": False,
        "USE_I18N": False,
        "USE_TZ": True,
        "LOGGING": LOGGING,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": MOST_POSTED,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": _FIELDS,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 1,
        # A file stays in memory: the one handler that writes none of it to a disk, for as much as is let in.
        "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.MemoryFileUploadHandler"],
        "FILE_UPLOAD_MAX_MEMORY_SIZE": MOST_UPLOADED,
    }
