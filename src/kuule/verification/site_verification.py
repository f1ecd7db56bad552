"""Verifies a running site from outside: one visit, and everything that it shows held against what is promised."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from kuule.verification.agreed_edition import AgreedEdition
from kuule.verification.connection_checks import check_encryption, check_onion, check_plain_http, encryption_fault
from kuule.verification.edition_checks import (
    check_edition,
    check_taking_back,
    shown_edition,
    shown_fingerprint,
)
from kuule.verification.header_checks import check_cookies, check_headers
from kuule.verification.page_checks import check_answers, check_contents, check_help, check_languages, check_sizes
from kuule.verification.site_findings import SiteFinding, SiteState
from kuule.verification.site_reader import Certificate, SiteReader, VisitedPage, VisitLimits, default_https_port
from kuule.verification.site_visit import SiteVisit, visit_site

_PLAIN_LIMITS = VisitLimits(seconds=5.0)
"""How long port 80 may take: a firewall that says nothing is as good as none that answers."""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page that was read: its address, status, bytes on the wire, and the SHA-256 of what it says."""

    address: str
    status: int
    sent: int
    digest: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was seen of a site at one time. `open`: a visit could begin. `edition` and `fingerprint` are those that it
    names, "" for none."""

    origin: str
    at: datetime
    open: bool
    edition: str
    fingerprint: str
    languages: tuple[str, ...]
    findings: tuple[SiteFinding, ...]
    pages: tuple[SeenPage, ...]
    requests: int

    def count(self, state: SiteState) -> int:
        """How many findings are in this state."""
        return sum(one.state is state for one in self.findings)


def verify_site(
    url: str,
    *,
    now: datetime,
    agreed: AgreedEdition | None = None,
    limits: VisitLimits | None = None,
    trusted: ssl.SSLContext | None = None,
) -> Verification:
    """Visit a site and say what is as promised and what is not.

    Raises VerificationError VERIFY_001 to VERIFY_003 where nothing can be said. `trusted`: whose certificates count,
    by default those that the system trusts.
    """
    reader = SiteReader(url, limits or VisitLimits(), trusted=trusted)
    try:
        try:
            known = reader.connect()
        except ssl.SSLError as error:
            return _seen(reader, now, None, (encryption_fault(error),))
        visit = visit_site(reader)
        return _seen(reader, now, visit, tuple(_findings(reader, known, visit, agreed, now)))
    finally:
        reader.close()


def _findings(
    reader: SiteReader, known: Certificate | None, visit: SiteVisit, agreed: AgreedEdition | None, now: datetime
) -> Iterator[SiteFinding]:
    yield check_encryption(reader, known, now)
    if default_https_port(reader.parts):
        yield check_plain_http(reader.parts.hostname or "", _PLAIN_LIMITS)
    yield from check_answers(visit)
    if visit.languages:
        yield from check_edition(visit, agreed)
        if visit.open:
            yield check_taking_back(visit, agreed, now)
        yield check_languages(visit, agreed)
        yield check_help(visit)
    yield from check_headers(visit.pages)
    yield check_cookies((*visit.pages, *([visit.style] if visit.style else [])))
    yield from check_contents(visit, reader.parts.netloc)
    if visit.open and visit.languages:
        yield check_sizes(visit.sized_pages)
    yield from check_onion(visit.pages)


def _seen(
    reader: SiteReader, now: datetime, visit: SiteVisit | None, findings: tuple[SiteFinding, ...]
) -> Verification:
    first = next(iter(visit.privacy.values()), None) if visit else None
    return Verification(
        origin=reader.origin,
        at=now,
        open=visit is not None and visit.open and visit.can_begin,
        edition=shown_edition(visit) if visit else "",
        fingerprint=shown_fingerprint(first)[0] if first else "",
        languages=visit.languages if visit else (),
        findings=findings,
        pages=tuple(_seen_page(page, visit) for page in visit.pages) if visit else (),
        requests=reader.requests,
    )


def _seen_page(page: VisitedPage, visit: SiteVisit) -> SeenPage:
    """The first page of a visit has a token that is new each time: of what it says, no hash is of use."""
    digest = "" if page is visit.begun or not page.body else sha256(page.body).hexdigest()
    address = f"{page.address} (begin)" if page is visit.begun else page.address
    return SeenPage(address, page.status, page.sent, digest)
