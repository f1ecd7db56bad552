"""What is looked for in the headers of a page is what the collector sends."""

from __future__ import annotations

import pytest

from kuule.verification.header_checks import EXPECTED_HEADERS, has_strict_policy
from kuule.web.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS


def test_headers_are_those_that_the_collector_sends() -> None:
    assert set(EXPECTED_HEADERS) == {name for name, value in SECURITY_HEADERS.items() if value}
    assert [name for name, protects in EXPECTED_HEADERS.items() if not protects(SECURITY_HEADERS[name])] == []
    assert [name for name, protects in EXPECTED_HEADERS.items() if protects("")] == []


def test_policy_may_let_in_pictures_of_its_own_site() -> None:
    assert has_strict_policy(f"{CONTENT_SECURITY_POLICY}; img-src 'self'; media-src 'self'")


@pytest.mark.parametrize(
    "policy",
    [
        "",
        "default-src 'self'",
        CONTENT_SECURITY_POLICY.replace("default-src 'none'", "default-src 'self'"),
        f"script-src 'self'; {CONTENT_SECURITY_POLICY}",
        f"{CONTENT_SECURITY_POLICY}; style-src-elem https://e.example",
        f"{CONTENT_SECURITY_POLICY}; style-src-attr 'unsafe-inline'",
        CONTENT_SECURITY_POLICY.replace("form-action 'self'", "form-action https://e.example"),
        f"default-src *; {CONTENT_SECURITY_POLICY}",
    ],
)
def test_policy_that_lets_in_more_is_not_strict(policy: str) -> None:
    assert not has_strict_policy(policy)
