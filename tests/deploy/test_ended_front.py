"""nginx before the site of an ended survey, as deploy/nginx configures it: saved addresses lead on, and no header or
page says more than those of the collector did."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest

from kuule.usecases.collecting.ended_site import write_ended_site
from tests.deploy.nginx_for_tests import DEPLOY, NAME, Nginx, needs_nginx, running_nginx
from tests.frozen import our_voice_in

pytestmark = [needs_nginx, pytest.mark.slow]


@pytest.fixture(scope="module")
def front() -> Iterator[Nginx]:
    # Not below pytest's folder, which nginx's workers cannot enter.
    folder = Path(tempfile.mkdtemp(prefix="ended-"))
    try:
        folder.chmod(0o755)
        our_voice_in(folder / "edition", "sv", "pt-BR")
        write_ended_site(folder / "edition", folder / "site", today=date(2028, 3, 1))
        places = (("/srv/kuule/ended", str(folder / "site")), ("/etc/nginx/", f"{folder}/"))
        for name in ("ended.inc", "ended-headers.inc"):
            text = (DEPLOY / "nginx" / name).read_text("utf-8")
            for before, after in places:
                text = text.replace(before, after)
            (folder / name).write_text(text, "utf-8")
        with running_nginx(1, (("collector.inc;", f"nothing-*.inc; include {folder}/ended.inc;"),)) as nginx:
            yield nginx
    finally:
        shutil.rmtree(folder)


def asked(nginx: Nginx, address: str, how: str = "GET") -> tuple[HTTPResponse, bytes]:
    with closing(HTTPSConnection(NAME)) as line:
        line.sock = nginx.connect()
        line.request(how, address, headers={"Connection": "close"})
        answer = line.getresponse()
        return answer, answer.read()


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/", ""),
        ("/sv", ""),
        ("/sv/help", ""),
        ("/sv/help/FI", "/sv/help"),
        ("/sv/withdraw", "/sv"),
        ("/sv/resume", "/sv"),
        ("/sv/privacy", "/sv"),
        ("/pt-BR/until", "/pt-BR"),
        ("/k7", "/"),
        ("/k7/sv", "/sv"),
        ("/k7/sv/help", "/sv/help"),
    ],
)
def test_saved_address_leads_on(front: Nginx, address: str, leads_to: str) -> None:
    answer, body = asked(front, address)
    if leads_to:
        assert (answer.status, answer.headers["Location"]) == (302, leads_to)
    else:
        assert (answer.status, b"<h1" in body) == (200, True)


def test_headers_are_as_strict_as_the_collectors_and_nothing_is_remembered(front: Nginx) -> None:
    answer, body = asked(front, "/sv/help")
    said = answer.headers
    assert (said["Cache-Control"], said["X-Robots-Tag"]) == ("no-store", "noindex, nofollow, noarchive")
    assert said["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; form-action 'none'")
    assert [name for name in ("Set-Cookie", "ETag", "Last-Modified", "Content-Encoding") if name in said] == []
    assert int(said["Content-Length"]) == len(body)
    style = body.split(b'rel="stylesheet" href="')[1].split(b'"')[0].decode()
    sheet, _ = asked(front, style)
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize(("address", "how"), [("/xx", "GET"), ("/.kuule-ended-site", "GET"), ("/sv", "POST")])
def test_what_is_not_there_shows_the_languages(front: Nginx, address: str, how: str) -> None:
    answer, body = asked(front, address, how)
    assert (answer.status in (404, 405), b'href="/sv"' in body) == (True, True)
