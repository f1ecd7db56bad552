"""What was seen of a site as one page of HTML, without script, which a partner can publish."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement, builder

from kuule.core.amounts import amount
from kuule.core.palette import DARK, LIGHT
from kuule.sealing.fingerprint import words_for_fingerprint
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
_COLOURS = ("paper", "ink", "soft", "hair", "deep", "honey", "sand")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
CANNOT_TELL = (
    "It says what the site showed to one visitor at one time. It cannot say that the site shows everybody the same.",
    "It cannot say that the server runs the programs which it shows, nor who can read its memory or its logs.",
    "The site itself names its edition and its key. That they are those that were agreed on is known only where "
    "somebody compared them with an edition that came to them by another way.",
    "A page of help was opened. Nobody was called: whether a number answers is checked by people.",
)


def _style() -> str:
    def colours(scheme: dict[str, str]) -> str:
        return "".join(
            f"--{name}:{scheme[name]};" for name in ("paper", "ink", "soft", "hair", "deep", "honey", "sand")
        )

    return (
        f":root{{color-scheme:light dark;{colours(LIGHT)}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{colours(DARK)}}}}}"
        "body{background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;margin:0}"
        "main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 3rem}"
        "h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem}"
        "h1,td,li,code,p{overflow-wrap:anywhere}"
        "table{border-collapse:collapse;width:100%}"
        "th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--hair)}"
        ".state{white-space:nowrap}.ok .state{color:var(--deep)}"
        ".warning .state,.wrong .state{color:var(--honey);font-weight:700}.wrong{background:var(--sand)}"
        ".lead{font-size:1.1rem}.small{color:var(--soft);font-size:.9rem}"
        "@media(max-width:34rem){thead{position:absolute;clip-path:inset(50%)}"
        "tr,th,td{display:block;border:0;padding:0}tr{border-bottom:1px solid var(--hair);padding:.6rem 0}}"
    )


def verification_page(seen: Verification) -> bytes:
    """The page, as UTF-8."""
    day = f"{seen.at.day} {seen.at:%B %Y}"
    title = f"What {seen.origin} showed on {day}"
    head = builder.HEAD(
        builder.META(charset="utf-8"),
        builder.META({"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        builder.META(name="viewport", content="width=device-width, initial-scale=1"),
        builder.META(name="referrer", content="no-referrer"),
        builder.TITLE(title),
        builder.STYLE(_style()),
    )
    page = builder.HTML(head, builder.BODY(builder.MAIN(builder.H1(title), *_body(seen))), lang="en")
    whole: bytes = html.tostring(page, doctype="<!doctype html>", encoding="utf-8", pretty_print=True)
    return whole


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
