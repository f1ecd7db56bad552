"""The preview as a server: one process for one person, on a loopback address, until it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler

from kuule.core.problems import KuuleError, Problem
from kuule.core.shell_paths import shell_path
from kuule.preview.change_events import with_change_events
from kuule.preview.preview_session import CheckStudy, PreviewSession
from kuule.preview.preview_site import configure_django, run_preview
from kuule.study.folder.study_places import missing_folder_remedy
from kuule.web.charset import force_utf8
from kuule.web.handler_types import Application, Environ, StartResponse
from kuule.web.listen_address import check_address
from kuule.web.loopback_guard import guard_loopback, is_loopback_address
from kuule.web.loopback_server import LoopbackHandler, LoopbackServer, ended_by_signals, one_at_a_time
from kuule.web.request_body import read_body

_MOST_POSTED = 8 * 1024 * 1024
_LINE_SECONDS = 60


class PreviewError(KuuleError):
    """A preview cannot be shown."""


def serve_preview(folder: Path, check: CheckStudy, *, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until it is stopped. `ready` gets the address once it listens.

    Raises PreviewError PREVIEW_002 (an address that others could reach), PREVIEW_003 (no such folder); KuuleError
    SERVE_010 if the port is not free. Whatever is wrong with the study is shown in the preview.
    """
    if not is_loopback_address(host):
        cause = "other machines could reach it, or it is no address in numbers"
        remedy = "leave --host away, or give 127.0.0.1"
        raise PreviewError(Problem("PREVIEW_002", f"--host {host[:60]}", cause, remedy))
    if not folder.is_dir():
        raise PreviewError(_no_folder(folder))
    check_address(host, port)
    configure_django()
    session = PreviewSession(folder, check)
    run_preview(session)
    session.start()
    place = f"{host}:{port}"
    with LoopbackServer((host, port), _Handler) as server:
        site = with_change_events(force_utf8(_with_whole_forms(one_at_a_time(WSGIHandler()))), session)
        server.set_app(guard_loopback(site, host=place))

        def stop() -> None:
            session.stop()
            threading.Thread(target=server.shutdown, daemon=True).start()

        with ended_by_signals(stop):
            ready(f"http://{place}/preview")
            server.serve_forever(poll_interval=0.2)


def _no_folder(folder: Path) -> Problem:
    if folder.is_file():
        remedy = f"give its folder: kuule preview {shell_path(folder.parent)}"
        return Problem("PREVIEW_003", str(folder), "it is a file, and a study is a folder", remedy)
    return Problem("PREVIEW_003", str(folder), "there is no such folder", missing_folder_remedy(folder))


def _with_whole_forms(application: Application) -> Application:
    """The application, which gets a form when all of it is there: nobody waits for what is still on its way."""

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        read_body(environ, _MOST_POSTED)
        return application(environ, start_response)

    return answer


class _Handler(LoopbackHandler):
    timeout = _LINE_SECONDS
