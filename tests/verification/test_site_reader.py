"""A site can be slow, huge or not there: the reader ends, and says why."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from kuule.verification.site_findings import SiteState, VerificationError
from kuule.verification.site_reader import VisitLimits, split_address
from tests.ports import free_port
from tests.verification.lying_proxy import Answer
from tests.verification.watched_site import WatchedSite, in_state

SHORT = VisitLimits(seconds=0.3)
SMALL = VisitLimits(most_bytes=20_000)


@pytest.mark.slow
def test_slow_site_is_not_waited_for(watched: WatchedSite) -> None:
    with pytest.raises(VerificationError) as refused:
        watched.seen(lambda answer: replace(answer, drips=True), limits=SHORT)
    [problem] = refused.value.problems
    assert (problem.code, problem.cause) == ("VERIFY_002", "the site does not answer (not within 0.3 seconds)")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "coding", "told"),
    [
        (bytes(50_000), None, "larger than 20,000 bytes"),
        (gzip.compress(bytes(9_000_000)), "gzip", "larger than 20,000 bytes when it is unpacked"),
    ],
)
def test_huge_page_is_not_read(watched: WatchedSite, body: bytes, coding: str | None, told: str) -> None:
    def huge(answer: Answer) -> Answer:
        given = answer.with_header("content-encoding", coding)
        return replace(given, body=body) if answer.path == "/sv/privacy" else answer

    wrong = in_state(watched.seen(huge, limits=SMALL), SiteState.WRONG)
    assert wrong["pages"] == f"not as it should be: /sv/privacy is {told}"


def test_site_that_is_not_there_is_a_problem(watched: WatchedSite) -> None:
    gone = replace(watched, proxy=replace(watched.proxy, port=free_port()))
    with pytest.raises(VerificationError) as refused:
        gone.seen()
    [problem] = refused.value.problems
    assert (problem.code, problem.cause) == ("VERIFY_002", "the site does not answer (connection refused)")


@pytest.mark.slow
@pytest.mark.parametrize("status", [403, 429, 503])
def test_site_that_lets_nobody_in_is_not_called_wrong(watched: WatchedSite, status: int) -> None:
    with pytest.raises(VerificationError) as refused:
        watched.seen(lambda answer: replace(answer, status=status, headers={}, body=b"busy"))
    [problem] = refused.value.problems
    assert (problem.code, f"({status})" in problem.cause) == ("VERIFY_003", True)


@pytest.mark.parametrize(
    "url",
    [
        "survey.example.org", "ftp://survey.example.org", "https://", "https://a b", "https://x:70000", "https://x:0",
        "https://x/en", "https://x?y", "https://u:p@x", "https://[::1", "",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(url: str) -> None:
    with pytest.raises(VerificationError) as refused:
        split_address(url)
    assert [problem.code for problem in refused.value.problems] == ["VERIFY_001"]


@pytest.mark.parametrize("url", ["https://survey.example.org", "http://127.0.0.1:8000/", "https://[::1]:8443"])
def test_addresses_of_sites_are_taken(url: str) -> None:
    assert split_address(url).geturl() == url
