"""A real site is seen as it is; one that lies is found out, fault by fault, and no other fault is made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.verification.site_findings import SiteState, VerificationError
from kuule.verification.verification_page import CHECK_TITLES
from tests.collector.served.test_onion_address import TOR_PROJECT
from tests.verification.lying_proxy import Answer
from tests.verification.watched_site import NOON, WatchedSite, in_state

pytestmark = pytest.mark.slow
ONION = f"http://{TOR_PROJECT}"
SCRIPT = '<script src="https://elsewhere.example/a.js"></script></body>'


def test_real_site_is_as_promised(watched: WatchedSite) -> None:
    seen = watched.seen()
    assert in_state(seen, SiteState.WRONG) == {}
    assert in_state(seen, SiteState.WARNING) == {
        "tls": "none: a site on this machine",
        "readiness": "pages say that it is for practice and that texts are drafts in ar, sv",
    }
    said = in_state(seen, SiteState.OK)
    assert said["edition"] == f"{watched.agreed.id[:8]}, as agreed ({watched.agreed.id})"
    assert said["key"] == f"{watched.agreed.fingerprint} in every language, as agreed"
    assert said["languages"] == "3: ar, en, sv"
    assert (seen.open, seen.edition, seen.fingerprint) == (True, watched.agreed.id[:8], watched.agreed.fingerprint)


def test_few_requests_are_made_and_help_is_not_opened_by_the_address_that_counts(watched: WatchedSite) -> None:
    seen = watched.seen()
    each = [f"GET /{tag}/{page}" for tag in ("ar", "en", "sv") for page in ("help?country=", "privacy")]
    others = ["GET /", "GET /ar", "POST /ar", "GET /no-such-page-here"]
    style = [one for one in watched.proxy.asked if one.startswith("GET /style-")]
    assert sorted(watched.proxy.asked) == sorted([*each, *others, *style])
    assert (len(style), seen.requests) == (1, len(watched.proxy.asked))


def test_same_site_says_the_same_twice(watched: WatchedSite) -> None:
    first, second = watched.seen(), watched.seen()
    assert first == second
    assert {one.check for one in first.findings} == set(CHECK_TITLES) - {"http"}
    assert {len(page.digest) for page in first.pages} == {0, 64}


def header(name: str, value: str | None) -> object:
    return lambda answer: answer.with_header(name, value)


def everywhere(old: str, new: str) -> object:
    return lambda answer: answer.with_text(old, new) if answer.is_page else answer


@pytest.mark.parametrize(
    ("lie", "check", "told"),
    [
        (header("Set-Cookie", "visit=1; HttpOnly"), "cookies", "a cookie is set: visit at /"),
        (header("Content-Security-Policy", None), "headers", "Content-Security-Policy (none) at /"),
        (header("Content-Security-Policy", "default-src *"), "headers", "Content-Security-Policy (default-src *)"),
        (header("Cache-Control", "public"), "headers", "Cache-Control (public)"),
        (header("Referrer-Policy", "unsafe-url"), "headers", "Referrer-Policy (unsafe-url)"),
        (header("Strict-Transport-Security", "max-age=9"), "remembered", "a browser remembers the site (HSTS)"),
        (header("Onion-Location", "http://short.onion"), "onion", "'http://short.onion' is no onion address"),
        (everywhere("</body>", "<script>1</script></body>"), "script", "something can run: script at /"),
        (everywhere("<main>", "<main onclick=x>"), "script", "onclick="),
        (everywhere("<main>", "<main><iframe></iframe>"), "script", "iframe"),
        (everywhere("<main>", "<main><img src=//e.example/1>"), "elsewhere", "another site is told: e.example at /"),
        (everywhere("<main>", "<main style='background:url( //e.example)'>"), "elsewhere", "a style"),
        (everywhere("<main>", "<main><form action=https://e.example>"), "elsewhere", "e.example"),
        (everywhere("<main>", "<main><a href=http://abc.onion/>"), "onion links", "http://abc.onion/ on /"),
    ],
)
def test_fault_on_every_page_is_found_and_no_other(watched: WatchedSite, lie, check: str, told: str) -> None:
    wrong = watched.wrong(lie)
    assert list(wrong) == [check]
    assert told in wrong[check]


def test_script_of_another_site_is_two_faults(watched: WatchedSite) -> None:
    assert set(watched.wrong(everywhere("</body>", SCRIPT))) == {"script", "elsewhere"}


def test_other_key_is_found(watched: WatchedSite) -> None:
    digits = watched.agreed.fingerprint
    other = f"{'54321' if digits[:5] != '54321' else '12345'}{digits[5:]}"
    assert watched.wrong(everywhere(digits, other)) == {"key": f"the words are not those of {other}"}
    one = lambda answer: answer.with_text(digits, other) if answer.path == "/sv/privacy" else answer  # noqa: E731
    assert watched.wrong(one)["key"].startswith("languages name different keys: ")
    agreed = replace(watched.agreed, fingerprint=other)
    assert watched.wrong(agreed=agreed) == {"key": f"the site names {digits}, agreed was {other}"}


def test_no_key_is_found(watched: WatchedSite) -> None:
    wrong = watched.wrong(everywhere(watched.agreed.fingerprint, "soon"))
    assert wrong == {"key": "the privacy page names no key in ar, en, sv"}


def test_other_edition_is_found(watched: WatchedSite) -> None:
    shown = watched.agreed.id[:8]
    assert watched.wrong(everywhere(f'value="{shown}.', 'value="00000000.')) == {
        "edition": f"the site shows 00000000, agreed was {shown}"
    }
    assert watched.wrong(everywhere(f'value="{shown}.', 'value="')) == {
        "edition": "the first page of a visit names no edition"
    }


def test_languages_are_held_to_the_edition(watched: WatchedSite) -> None:
    one = replace(watched.agreed, languages=frozenset({"en", "sv"}))
    assert watched.wrong(agreed=one) == {"languages": "not in the agreed edition: ar"}
    more = replace(watched.agreed, open_languages=frozenset({"en", "fi"}))
    assert in_state(watched.seen(agreed=more), SiteState.WARNING)["languages"] == "agreed and not on the site: fi"


def test_page_of_another_size_is_found(watched: WatchedSite) -> None:
    def longer(answer: Answer) -> Answer:
        return replace(answer, body=answer.body + bytes(9)) if answer.path == "/sv/privacy" else answer

    assert "/sv/privacy has " in watched.wrong(longer)["sizes"]


def test_help_that_is_not_there_is_found(watched: WatchedSite) -> None:
    def gone(answer: Answer) -> Answer:
        return replace(answer, status=404) if answer.path.startswith("/sv/help") else answer

    assert watched.wrong(gone) == {
        "pages": "not as it should be: /sv/help?country= answers 404",
        "help": "there is no help in: sv",
    }

    def empty(answer: Answer) -> Answer:
        bare = answer.with_text("tel:", "x:").with_text('"services"', '"x"') if answer.is_page else answer
        return bare if "/help" in answer.path else answer

    assert watched.wrong(empty) == {"help": "there is no help in: ar, en, sv"}


def test_redirect_elsewhere_is_found_and_not_followed(watched: WatchedSite) -> None:
    def away(answer: Answer) -> Answer:
        return replace(answer.with_header("Location", "https://e.example/"), status=302)

    wrong = watched.wrong(away)
    assert wrong["redirects"] == "a page leads elsewhere: / to https://e.example/"
    assert watched.proxy.asked == ["GET /"]


def test_style_sheet_that_is_not_what_its_name_says_is_found(watched: WatchedSite) -> None:
    def other(answer: Answer) -> Answer:
        if not answer.path.startswith("/style-"):
            return answer
        return replace(answer.with_header("content-encoding", None), body=b"@import url(https://e.example/a.css)")

    wrong = watched.wrong(other)
    assert set(wrong) == {"style sheet", "elsewhere"}
    assert wrong["elsewhere"].startswith("another site is told: what /style-")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"headers": {"content-type": "application/json"}, "body": b"{}"}, "/ is no page of HTML"),
        ({"headers": {"content-type": "text/html"}, "body": b""}, "/ is no page of HTML"),
        ({"status": 404}, "/ answers 404"),
        ({"body": b"no gzip"}, "/ is not what its headers say (gzip)"),
    ],
)
def test_site_that_is_none_is_wrong(watched: WatchedSite, changes: dict[str, object], told: str) -> None:
    wrong = watched.wrong(lambda answer: replace(answer, **changes))
    assert wrong["pages"] == f"not as it should be: {told}"


def test_what_is_between_is_a_warning(watched: WatchedSite) -> None:
    seen = watched.seen(lambda answer: answer.with_header("CF-Ray", "1").with_header("Server", "x/1.2"))
    assert in_state(seen, SiteState.WRONG) == {}
    warned = in_state(seen, SiteState.WARNING)
    assert warned["in between"] == "somebody may stand between who reads what is typed: CF-Ray"
    assert warned["server"] == "says which version answers: x/1.2"


def test_onion_address_is_told_as_text(watched: WatchedSite) -> None:
    seen = watched.seen(lambda answer: answer.with_header("Onion-Location", f"{ONION}{answer.path}"))
    assert in_state(seen, SiteState.OK)["onion"] == ONION


def test_words_of_a_site_steer_no_terminal(watched: WatchedSite) -> None:
    wrong = watched.wrong(everywhere("<main>", "<main><img src='//e\u202e.example/'>"))
    assert wrong == {"elsewhere": wrong["elsewhere"]}
    assert wrong["elsewhere"].isprintable()


@pytest.mark.parametrize("status", [403, 429, 502, 503, 504])
@pytest.mark.parametrize("where", ["/ar", "/sv/privacy", "/en/help"])
def test_guard_that_refuses_in_the_middle_says_nothing_of_the_site(
    watched: WatchedSite, status: int, where: str
) -> None:
    def guarded(answer: Answer) -> Answer:
        wall = replace(answer, status=status, headers={"content-type": "text/html"}, body=b"<p>Are you human?</p>")
        return wall if answer.path.startswith(where) else answer

    with pytest.raises(VerificationError, match=rf"VERIFY_003 .*lets nobody in just now \({status}\)"):
        watched.seen(guarded)


def test_promise_of_taking_back_that_no_page_keeps_is_found(watched: WatchedSite) -> None:
    promised = replace(watched.agreed, coming_back=ComingBackSettings(withdraw_until=NOON.date()))
    assert watched.wrong(agreed=promised) == {
        "taking back": f"promised until {NOON.date()}, and the page does not lead to it: ar"
    }
    over = replace(watched.agreed, coming_back=ComingBackSettings(withdraw_until=date(2026, 1, 1)))
    assert in_state(watched.seen(agreed=over), SiteState.OK)["taking back"] == "not offered"
