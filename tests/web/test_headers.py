"""The headers of every answer, word by word: a policy that somebody loosens fails here first."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler

from kuule.collector.http.collector_site import start_site
from kuule.collector.served.serve_options import ServeOptions
from kuule.web.headers import SECURITY_HEADERS
from tests.collector.browser import Browser
from tests.study.small_study import make_edition

ONION = "http://" + "b" * 56 + ".onion"
EXACT = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Server": "",
    "Date": "",
}
SEEING = {"camera", "microphone", "geolocation", "display-capture", "clipboard-read", "local-fonts", "browsing-topics"}


def directives() -> dict[str, str]:
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


def test_headers_are_exactly_these() -> None:
    assert {name: SECURITY_HEADERS.get(name) for name in EXACT} == EXACT
    assert set(SECURITY_HEADERS) - set(EXACT) == {"Permissions-Policy"}


def test_policy_lets_nothing_inline_and_nothing_from_elsewhere() -> None:
    words = SECURITY_HEADERS["Content-Security-Policy"]
    assert [word for word in ("unsafe", "data:", "blob:", "http", "*", "nonce", "script-src") if word in words] == []
    assert directives()["default-src"] == "'none'"


def test_no_feature_of_the_browser_is_ever_used() -> None:
    features = SECURITY_HEADERS["Permissions-Policy"].split(", ")
    assert {feature.partition("=")[2] for feature in features} == {"()"}
    assert {feature.partition("=")[0] for feature in features} >= SEEING


@pytest.fixture
def with_onion(tmp_path: Path) -> Browser:
    make_edition(tmp_path)
    secret = tmp_path / "secret"
    secret.write_bytes(bytes(32))
    secret.chmod(0o600)
    database = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    editions = (tmp_path / "edition",)
    start_site(ServeOptions(editions, database, rehearsal=True, drafts=True, secret=secret, onion_location=ONION))
    return Browser(WSGIHandler())


@pytest.mark.parametrize("address", ["/", "/sv", "/en/help?country=SE", "/en/privacy"])
def test_tor_browser_is_told_of_the_same_page_as_an_onion_service(with_onion: Browser, address: str) -> None:
    assert with_onion.get(address).headers["onion-location"] == (f"{ONION}{address}",)


def test_what_a_form_led_to_names_no_other_address(with_onion: Browser) -> None:
    """Who followed it would leave behind what they typed."""
    with_onion.get("/en")
    assert "onion-location" not in with_onion.press("next").headers
    assert "onion-location" not in with_onion.get("/nothing/here").headers
    assert "onion-location" not in with_onion.get("/favicon.ico").headers


def test_no_onion_service_is_named_where_there_is_none(with_onion: Browser, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    start_site(ServeOptions((tmp_path / "edition",), database, rehearsal=True, drafts=True, secret=tmp_path / "secret"))
    assert "onion-location" not in with_onion.get("/en").headers
