"""Checks of the line to a site: encryption, certificate, what answers without encryption, the onion address."""

from __future__ import annotations

import base64
import ipaddress
import re
import ssl
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha3_256
from http import HTTPStatus

from kuule.verification.site_findings import SiteFinding, SiteState, VerificationError, printable, tell_faults
from kuule.verification.site_reader import Certificate, SiteReader, VisitedPage, VisitLimits

FEW_DAYS = 14
"""A certificate that ends sooner should have been renewed by now."""
_PLAIN_PORT = 80
_PERMANENT = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
_ONION = re.compile(r"http://([a-z2-7]{56})\.onion(?:[/?#].*)?")
_ONION_VERSION = b"\x03"


def check_encryption(reader: SiteReader, known: Certificate | None, now: datetime) -> SiteFinding:
    """TLS of the line, and how long the certificate is good for."""
    if known is None:
        return _without_encryption(reader.parts.hostname or "")
    days = (known.until - now).days
    told = f"{known.version}, certificate valid for {days} more days"
    return SiteFinding("tls", SiteState.OK if days >= FEW_DAYS else SiteState.WARNING, told)


def encryption_fault(error: ssl.SSLError) -> SiteFinding:
    """What is said of a line that cannot be trusted. Nothing more is read over it."""
    reason = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else error.reason or str(error)
    return SiteFinding(
        "tls", SiteState.WRONG, f"the line cannot be trusted, nothing was read: {printable(str(reason))}"
    )


def _without_encryption(host: str) -> SiteFinding:
    if host.endswith(".onion"):
        return SiteFinding("tls", SiteState.OK, "an onion service, which Tor encrypts")
    if _is_this_machine(host):
        return SiteFinding("tls", SiteState.WARNING, "none: a site on this machine")
    return SiteFinding("tls", SiteState.WRONG, "none: everybody on the way can read and change every page")


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_plain_http(host: str, limits: VisitLimits, port: int = _PLAIN_PORT) -> SiteFinding:
    """What answers at the same name without encryption: nothing, or a redirect that no browser keeps."""
    reader = SiteReader(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}", limits)
    try:
        page = reader.read("/")
    except VerificationError:
        return SiteFinding("http", SiteState.OK, "nothing answers without encryption")
    finally:
        reader.close()
    if not re.match(rf"https://{re.escape(host)}(?:[:/]|$)", page.leads_to):
        return SiteFinding("http", SiteState.WRONG, f"the site answers without encryption ({page.status})")
    if page.status in _PERMANENT:
        told = f"leads to https for good ({page.status}), which a browser may keep: send 302 instead"
        return SiteFinding("http", SiteState.WARNING, told)
    return SiteFinding("http", SiteState.OK, f"leads to https ({page.status})")


def check_onion(pages: Sequence[VisitedPage]) -> Iterator[SiteFinding]:
    """The onion address that the site names, as text; no page has a link to one, whose name a browser that is not Tor
    Browser would ask others for."""
    links = (
        f"{link} on {page.address}"
        for page in pages
        if page.document is not None
        for link in page.document.xpath("//@href")
        if ".onion" in str(link) and not str(link).startswith("/")
    )
    yield tell_faults("onion links", links, "no page has a link to an onion address", "an onion address is a link")
    named = pages[0].header("Onion-Location")
    if not named:
        yield SiteFinding("onion", SiteState.OK, "the site names no onion address")
        return
    whole = _ONION.fullmatch(named)
    if whole and _has_true_checksum(whole[1]):
        yield SiteFinding("onion", SiteState.OK, f"http://{whole[1]}.onion")
    else:
        yield SiteFinding("onion", SiteState.WRONG, f"{printable(named)!r} is no onion address")


def _has_true_checksum(name: str) -> bool:
    """Whether a name is one that a key of an onion service has (Tor's rend-spec-v3, section 6)."""
    whole = base64.b32decode(name.upper())
    key, check, version = whole[:32], whole[32:34], whole[34:]
    return version == _ONION_VERSION and check == sha3_256(b".onion checksum" + key + version).digest()[:2]
