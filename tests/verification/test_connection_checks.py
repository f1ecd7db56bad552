"""The line to a site: a certificate that can be trusted, one that cannot, and what answers without any."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kuule.verification.connection_checks import check_encryption, check_plain_http
from kuule.verification.site_findings import SiteFinding, SiteState, VerificationError
from kuule.verification.site_reader import Certificate, SiteReader, VisitLimits
from kuule.verification.site_verification import verify_site
from tests.ports import free_port
from tests.verification.lying_proxy import Answer, LyingProxy, lying_proxy
from tests.verification.watched_site import NOON, WatchedSite, in_state

pytestmark = pytest.mark.slow


def signed_by_itself(file: Path) -> Path:
    """A certificate for this machine, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=60))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return signed_by_itself(tmp_path_factory.mktemp("tls") / "both.pem")


@pytest.fixture(scope="module")
def encrypted(watched: WatchedSite, certificate: Path) -> Iterator[LyingProxy]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with lying_proxy(watched.url, context) as proxy:
        yield proxy


def test_certificate_that_nobody_signed_is_wrong_and_nothing_is_read(encrypted: LyingProxy) -> None:
    seen = verify_site(f"https://127.0.0.1:{encrypted.port}", now=NOON)
    assert [(one.check, one.state) for one in seen.findings] == [("tls", SiteState.WRONG)]
    assert "self-signed certificate" in seen.findings[0].told
    assert (encrypted.asked, seen.requests, seen.open) == ([], 0, False)


def test_certificate_that_is_trusted_is_told_with_its_days(
    watched: WatchedSite, encrypted: LyingProxy, certificate: Path
) -> None:
    trusted = ssl.create_default_context(cafile=str(certificate))
    url = f"https://127.0.0.1:{encrypted.port}"
    seen = verify_site(url, now=datetime.now(UTC), agreed=watched.agreed, trusted=trusted)
    assert in_state(seen, SiteState.WRONG) == {}
    assert in_state(seen, SiteState.OK)["tls"] in {
        f"TLSv1.3, certificate valid for {days} more days" for days in (59, 60)
    }
    encrypted.asked.clear()


def test_site_without_tls_that_says_https_is_wrong(watched: WatchedSite) -> None:
    seen = verify_site(f"https://127.0.0.1:{watched.proxy.port}", now=NOON)
    assert [(one.check, one.state) for one in seen.findings] == [("tls", SiteState.WRONG)]


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("http://survey.example.org", SiteState.WRONG),
        (f"http://{'a' * 56}.onion", SiteState.OK),
        ("http://127.0.0.1:80", SiteState.WARNING),
    ],
)
def test_http_is_for_onion_services_and_this_machine(url: str, state: SiteState) -> None:
    reader = SiteReader(url, VisitLimits())
    assert check_encryption(reader, None, NOON).state is state


def test_certificate_that_ends_soon_is_a_warning() -> None:
    reader = SiteReader("https://survey.example.org", VisitLimits())
    soon = Certificate("TLSv1.3", NOON + timedelta(days=13, hours=5))
    assert check_encryption(reader, soon, NOON) == SiteFinding(
        "tls", SiteState.WARNING, "TLSv1.3, certificate valid for 13 more days"
    )


@pytest.mark.parametrize(
    ("status", "place", "state"),
    [
        (302, "https://127.0.0.1/", SiteState.OK),
        (301, "https://127.0.0.1/", SiteState.WARNING),
        (302, "https://127.0.0.1.example/", SiteState.WRONG),
        (200, "", SiteState.WRONG),
    ],
)
def test_what_answers_without_encryption(watched: WatchedSite, status: int, place: str, state: SiteState) -> None:
    def away(answer: Answer) -> Answer:
        return replace(answer.with_header("Location", place or None), status=status)

    watched.proxy.lie = away
    assert check_plain_http("127.0.0.1", VisitLimits(), watched.proxy.port).state is state


def test_nothing_that_answers_without_encryption_is_well() -> None:
    found = check_plain_http("127.0.0.1", VisitLimits(), free_port())
    assert found == SiteFinding("http", SiteState.OK, "nothing answers without encryption")


def test_line_that_never_says_anything_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(VerificationError) as refused:
        verify_site(f"https://127.0.0.1:{silent.getsockname()[1]}", now=NOON, limits=VisitLimits(seconds=0.3))
    [problem] = refused.value.problems
    assert (problem.code, problem.cause) == ("VERIFY_002", "the site does not answer (not within 0.3 seconds)")
