"""The sites that "Leave this page now" and links lead to, played on this machine: over TLS, noting what they are told.

A real server, and no interception in the browser: with that, Chromium sends forms again at Back without a word.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Error, Page


class Neutral(ThreadingHTTPServer):
    """`told` has the path and the headers of each request for a page."""

    def __init__(self, certificate: Path) -> None:
        told: list[tuple[str, dict[str, str]]] = []

        class News(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                if (
                    headers.get("sec-fetch-dest") == "document"
                ):  # and no icon, and nothing that the browser asks its maker
                    told.append((f"https://{headers['host']}{self.path}", headers))
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"<title>news</title><h1>News</h1>")

            def log_message(self, *said: object) -> None:
                return

        super().__init__(("127.0.0.1", 0), News)
        self.told = told
        secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secured.load_cert_chain(certificate)
        self.socket = secured.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: object, address: object) -> None:
        """A browser that goes away in the middle is nothing to tell of."""

    @property
    def options(self) -> tuple[str, ...]:
        """For Chromium: every name leads here, whatever the certificate says; addresses of this machine stay."""
        port = self.server_address[1]
        return (
            f"--host-resolver-rules=MAP * 127.0.0.1:{port}, EXCLUDE 127.0.0.1",
            "--ignore-certificate-errors",
        )


@contextmanager
def neutral_site(folder: Path) -> Iterator[Neutral]:
    """The site while the block runs."""
    server = Neutral(_certificate(folder / "neutral.pem"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _certificate(path: Path) -> Path:
    """A key and a certificate that nobody trusts, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "neutral.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    content = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.touch(0o600)
    path.write_bytes(content + made.public_bytes(serialization.Encoding.PEM))
    return path


def back_and_again(page: Page) -> bool:
    """Press the browser's Back. Where it shows its notice, choose to send again, and say so."""
    try:
        page.go_back()
    except Error as error:
        if "ERR_CACHE_MISS" not in str(error):
            raise
    else:
        return False
    page.wait_for_url("chrome-error://**")
    with page.expect_navigation():
        page.reload()
    return True
