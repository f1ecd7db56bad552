"""What a machine needs before its first start and nobody should have to make by hand: random secrets, and a certificate
of its own that nginx starts with. What is there is never replaced, and never shown."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

from kuule.core.files import create_atomically
from kuule.core.problems import KuuleError, Problem
from kuule.deployment.file_writing import make_folder
from kuule.deployment.host_settings import HostSettings, SiteName
from kuule.deployment.planned_changes import place_of

_SECRETS = "/etc/kuule"
_DAYS = 7
_PRIVATE_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class FirstSecret:
    """Something that is made because it is not there: its path, and what it is. `site` is whose certificate it is."""

    path: str
    what: str
    site: SiteName | None = None


def missing_secrets(settings: HostSettings, root: Path) -> tuple[FirstSecret, ...]:
    """What is not there yet."""
    return tuple(one for one in _needed(settings) if not place_of(one.path, root).exists())


def clear_away_drafts(settings: HostSettings, root: Path) -> None:
    """Take away what a run that was killed left beside a secret that it had made."""
    for one in _needed(settings):
        for path in (one.path, *((one.site.certificate_key,) if one.site else ())):
            _clear_away(place_of(path, root))


def make_secret(one: FirstSecret, root: Path, now: datetime | None = None) -> None:
    """Make one of them, readable by root alone. Raises KuuleError DEPLOY_006 where the disk or the system refuses."""
    place = place_of(one.path, root)
    try:
        make_folder(place.parent.parent)
        place.parent.mkdir(mode=_PRIVATE_FOLDER if place.parent.name == "kuule" else 0o755, exist_ok=True)
        if one.site is None:
            create_atomically(place, secrets.token_bytes(32))
        else:
            _make_certificate(one.site, root, now or datetime.now(UTC))
    except (OSError, ValueError) as error:
        cause = f"it could not be made ({getattr(error, 'strerror', None) or 'the key beside it cannot be read'})"
        raise KuuleError(Problem("DEPLOY_006", one.path, cause, "run the command with sudo, then again")) from None


def _needed(settings: HostSettings) -> Iterator[FirstSecret]:
    if settings.collector is not None:
        yield FirstSecret(f"{_SECRETS}/token-secret", "32 random bytes, with which pages on the way are encrypted")
    if settings.workbench is not None:
        yield FirstSecret(f"{_SECRETS}/workbench-secret", "32 random bytes, with which second factors are encrypted")
    for site in (settings.public, settings.workbench.site if settings.workbench else None):
        if site is not None:
            what = f"a certificate for {site.name} that no browser trusts, for {_DAYS} days: nginx needs one to start"
            yield FirstSecret(site.certificate, what, site)


def _clear_away(place: Path) -> None:
    """Take away what a run that was killed left half made, under a name of its own."""
    for draft in place.parent.glob(f".{place.name}.*"):
        draft.unlink()


def _make_certificate(site: SiteName, root: Path, now: datetime) -> None:
    """The key first, so that a run that was killed in between makes the certificate of the key that is there."""
    key_place = place_of(site.certificate_key, root)
    make_folder(key_place.parent)
    made = ec.generate_private_key(ec.SECP256R1())
    create_atomically(key_place, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key = load_pem_private_key(key_place.read_bytes(), password=None)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, site.name[:64])])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())  # type: ignore[arg-type]
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=_DAYS))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(site.name)]), critical=False)
        .sign(key, SHA256())  # type: ignore[arg-type] # one that can sign: nginx takes no other
    )
    place = place_of(site.certificate, root)
    create_atomically(place, certificate.public_bytes(Encoding.PEM))
    place.chmod(0o644)
