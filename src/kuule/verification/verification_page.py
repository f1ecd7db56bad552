"""What was seen of a site as one page of HTML, without script, which a partner can publish."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement, builder

from kuule.core.amounts import amount
from kuule.sealing.fingerprint import words_for_fingerprint
from kuule.static_site.lone_page import lone_page
from kuule.verification.site_findings import SiteFinding, SiteState
from kuule.verification.site_verification import Verification

_WORDS = {SiteState.OK: "as it should be", SiteState.WARNING: "look at this", SiteState.WRONG: "wrong"}
CHECK_TITLES = {
    "tls": "Encryption",
    "http": "Without encryption",
    "redirects": "Leading elsewhere",
    "pages": "Pages",
    "open": "Open or closed",
    "readiness": "For real answers",
    "edition": "Edition",
    "key": "Key",
    "taking back": "Taking answers back",
    "languages": "Languages",
    "help": "Help",
    "headers": "Protective headers",
    "remembered": "Remembered by browsers",
    "server": "Name of the server",
    "in between": "Somebody in between",
    "cookies": "Cookies",
    "script": "Things that run",
    "elsewhere": "Other sites",
    "style sheet": "Style sheet",
    "sizes": "Sizes of pages",
    "onion links": "Links to onion addresses",
    "onion": "Onion address",
}
"""What was looked at, as the page calls it."""
_STYLE = (
    ".state{white-space:nowrap}.ok .state{color:var(--deep)}"
    ".warning .state,.wrong .state{color:var(--honey);font-weight:700}.wrong{background:var(--sand)}"
    ".lead{font-size:1.1rem}.small{color:var(--soft);font-size:.9rem}"
)
CANNOT_TELL = (
    "It says what the site showed to one visitor at one time. It cannot say that the site shows everybody the same.",
    "It cannot say that the server runs the programs which it shows, nor who can read its memory or its logs.",
    "The site itself names its edition and its key. That they are those that were agreed on is known only where "
    "somebody compared them with an edition that came to them by another way.",
    "A page of help was opened. Nobody was called: whether a number answers is checked by people. Its services were "
    "compared with nothing: whoever runs the site can hide one that the edition has.",
)


def verification_page(seen: Verification) -> bytes:
    """The page, as UTF-8."""
    title = f"What {seen.origin} showed on {seen.at.day} {seen.at:%B %Y}"
    return lone_page(title, _body(seen), width=46, style=_STYLE)


def _body(seen: Verification) -> Iterator[HtmlElement]:
    yield builder.P(_summary(seen), builder.CLASS("lead"))
    when = f"Looked at from outside at {seen.at:%H:%M} UTC, by {amount(seen.requests, 'request')}."
    yield builder.P(when, builder.CLASS("small"))
    if seen.fingerprint:
        yield builder.H2("What the site says of itself")
        yield builder.P("Edition: ", builder.CODE(seen.edition or "not named"))
        yield builder.P("Key: ", builder.CODE(seen.fingerprint))
        yield builder.P("In words: ", builder.CODE(words_for_fingerprint(seen.fingerprint)))
    yield builder.H2("What was looked at")
    titles = [builder.TH(title, scope="col") for title in ("What", "How it is", "What was seen")]
    yield builder.TABLE(builder.THEAD(builder.TR(*titles)), builder.TBODY(*map(_row, seen.findings)))
    yield builder.H2("What this cannot tell")
    yield builder.UL(*map(builder.LI, CANNOT_TELL))


def _row(one: SiteFinding) -> HtmlElement:
    state = builder.TD(_WORDS[one.state], builder.CLASS("state"))
    return builder.TR(
        builder.TH(CHECK_TITLES[one.check], scope="row"), state, builder.TD(one.told), builder.CLASS(str(one.state))
    )


def _summary(seen: Verification) -> str:
    wrong, warnings = seen.count(SiteState.WRONG), seen.count(SiteState.WARNING)
    looked_at = f"{amount(len(seen.findings), 'thing')} looked at"
    if wrong:
        return f"Of {looked_at}, {wrong:,} {'is' if wrong == 1 else 'are'} wrong."
    if warnings:
        return f"Of {looked_at}, nothing is wrong, and {warnings:,} should be known."
    return f"All {looked_at} are as they should be."
