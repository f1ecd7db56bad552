"""Checks of what comes with each page: the headers that protect a visitor, no cookie, nobody in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kuule.verification.site_findings import SiteFinding, SiteState, named_few, printable, tell_faults
from kuule.verification.site_reader import VisitedPage

_OWN_ONLY = frozenset({"'self'", "'none'", ""})
_SAME_ORIGIN = frozenset({"same-origin"})
_BETWEEN = (
    "Via", "Age", "X-Cache", "X-Served-By", "X-Varnish", "CF-Ray", "CF-Cache-Status", "X-Amz-Cf-Id",
    "X-Akamai-Request-ID",
    "X-Sucuri-ID", "Fly-Request-Id", "X-Vercel-Id", "X-Azure-Ref",
)  # fmt: skip
"""Headers by which caches and networks that deliver pages for others give themselves away."""


def has_strict_policy(policy: str) -> bool:
    """Whether a Content-Security-Policy lets a page load from its own site alone, run nothing and be framed by
    nobody."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    known = {words[0].lower(): words[1:] for words in reversed(parts)}
    own = all(source in _OWN_ONLY for sources in known.values() for source in sources)
    closed = all(known.get(name) == ["'none'"] for name in ("default-src", "base-uri", "frame-ancestors"))
    return own and closed and known.get("form-action") == ["'self'"] and known.get("script-src") in (None, ["'none'"])


EXPECTED_HEADERS: Mapping[str, Callable[[str], bool]] = {
    "Cache-Control": lambda value: value == "no-store",
    "Content-Security-Policy": has_strict_policy,
    "Cross-Origin-Embedder-Policy": lambda value: value == "require-corp",
    "Cross-Origin-Opener-Policy": _SAME_ORIGIN.__contains__,
    "Cross-Origin-Resource-Policy": _SAME_ORIGIN.__contains__,
    "Origin-Agent-Cluster": lambda value: value == "?1",
    "Permissions-Policy": lambda value: all(f"{name}=()" in value for name in ("camera", "geolocation", "microphone")),
    "Referrer-Policy": lambda value: value in ("same-origin", "no-referrer"),
    "X-Content-Type-Options": lambda value: value == "nosniff",
    "X-DNS-Prefetch-Control": lambda value: value == "off",
    "X-Frame-Options": lambda value: value == "DENY",
    "X-Robots-Tag": lambda value: "noindex" in value,
}
"""By name, whether a value protects as it should. `kuule.web.headers` sends them; a test holds the two together."""


def check_headers(pages: Sequence[VisitedPage]) -> Iterator[SiteFinding]:
    """What the headers of all pages say."""
    lacking = (
        f"{name} ({printable(page.header(name)) or 'none'}) at {page.address}"
        for name, protects in EXPECTED_HEADERS.items()
        for page in pages
        if not protects(page.header(name))
    )
    yield tell_faults(
        "headers", lacking, f"all {len(EXPECTED_HEADERS)} that protect a visitor", "a header is not as it has to be"
    )
    kept = (page.address for page in pages if page.header("Strict-Transport-Security"))
    yield tell_faults(
        "remembered", kept, "no header has a browser remember the site", "a browser remembers the site (HSTS) after"
    )
    yield _names_of_servers(pages)
    between = named_few(name for name in _BETWEEN for page in pages if page.header(name))
    told = f"somebody may stand between who reads what is typed: {between}" if between else "no sign of anybody"
    yield SiteFinding("in between", SiteState.WARNING if between else SiteState.OK, told)


def check_cookies(pages: Sequence[VisitedPage]) -> SiteFinding:
    """No answer sets a cookie."""
    setting = (
        f"{value.partition('=')[0]} at {page.address}"
        for page in pages
        for name, value in page.headers
        if name.lower() == "set-cookie"
    )
    return tell_faults("cookies", setting, "none", "a cookie is set")


def _names_of_servers(pages: Sequence[VisitedPage]) -> SiteFinding:
    named = {page.header(name) for page in pages for name in ("Server", "X-Powered-By")} - {""}
    versions = named_few(sorted(name for name in named if any(sign.isdigit() for sign in name)))
    if versions:
        return SiteFinding("server", SiteState.WARNING, f"says which version answers: {versions}")
    return SiteFinding("server", SiteState.OK, f"says no version ({named_few(sorted(named)) or 'no name'})")
