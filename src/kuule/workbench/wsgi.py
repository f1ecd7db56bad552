"""The WSGI application of the worker. Its options are in the environment variable `OPTIONS_VARIABLE`."""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from kuule.web.charset import force_utf8
from kuule.web.handler_types import Application, Environ, StartResponse
from kuule.web.request_body import read_body
from kuule.web.worker_process import end_on_sigterm, end_with_parent
from kuule.web.worker_pulses import send_pulses
from kuule.workbench.configuration.workbench_options import MASTER_VARIABLE, OPTIONS_VARIABLE, WorkbenchOptions
from kuule.workbench.configuration.workbench_site import start_site
from kuule.workbench.translation_desk.current_study import read_ahead
from kuule.workbench.uploaded_files import LARGEST_UPLOADING_FORM, UPLOAD_PATHS


def make_application(options: WorkbenchOptions) -> Application:
    """The application. If TLS is in front of it, every request counts as https, whatever its headers say.

    The connection to the accounts is closed before a page is sent: what it says is deleted is in no file by then, and a
    server that is stopped as soon as the page has arrived leaves nothing beside the accounts.
    """
    start_site(options)
    site: Application = force_utf8(WSGIHandler())
    largest, scheme = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, {"wsgi.url_scheme": "https"} if options.https else {}

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        read_body(environ, LARGEST_UPLOADING_FORM if environ["PATH_INFO"] in UPLOAD_PATHS else largest)
        try:
            return site({**environ, **scheme}, start_response)
        finally:
            connections.close_all()

    return application


if OPTIONS_VARIABLE in os.environ:
    end_with_parent(MASTER_VARIABLE)
    end_on_sigterm()
    _options = WorkbenchOptions.from_text(os.environ[OPTIONS_VARIABLE])
    application = make_application(_options)
    read_ahead(_options.study)
    send_pulses()
