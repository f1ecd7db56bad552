"""Signatures of a certificate: by SSH keys (`ssh-keygen -Y`), as releases of Kuule are signed, and checked offline.

Each signature is a file of its own, certificate.json.NAME.sig; NAME is who signs, as `signers` has them (the format of
allowed_signers in ssh-keygen(1)).
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import read_regular_file, unread_cause
from kuule.destruction.certificate import CERTIFICATE_FILE
from kuule.destruction.file_destruction import DestructionError

SIGNATURE_NAMESPACE = "kuule-destruction"
NEEDED_SIGNATURES = 2
_NAME = re.compile(rf"{re.escape(CERTIFICATE_FILE)}\.([A-Za-z0-9][A-Za-z0-9._-]{{0,63}})\.sig")
_KEY = re.compile(r"with \S+ key (SHA256:\S+)")


@dataclass(frozen=True, slots=True)
class CertificateSignature:
    """A signature that holds: by whom, as its file says, and the fingerprint of the key. `known`: a file of signers has
    that key under that name."""

    name: str
    key: str
    known: bool


def check_signatures(folder: Path, signers: Path | None) -> tuple[CertificateSignature, ...]:
    """The signatures of the certificate in a folder, by name.

    Raises DestructionError END_013 (one does not hold, or fewer than two people signed, each with a key of their own;
    "Anna" and "anna" are one), END_014 (there is no ssh-keygen), END_019 (the signers cannot be read).
    """
    _check_can_be_read(signers)
    files = sorted((found[1], path) for path in folder.iterdir() if (found := _NAME.fullmatch(path.name)))
    content = (folder / CERTIFICATE_FILE).read_bytes()
    signatures = tuple(_check(name, path, content, signers) for name, path in files)
    people = min(len({one.key for one in signatures}), len({one.name.casefold() for one in signatures}))
    if people < NEEDED_SIGNATURES:
        cause = f"{people} signed it, and two people have to, each with a key of their own"
        raise DestructionError(Problem("END_013", CERTIFICATE_FILE, cause, "docs/how-to/end.md says how it is signed"))
    return signatures


def _check_can_be_read(signers: Path | None) -> None:
    try:
        if signers is not None:
            read_regular_file(signers)
    except (OSError, StudyError) as error:
        cause = f"the file of signers cannot be read ({unread_cause(error)})"
        remedy = "give a file of names and public keys, as allowed_signers in ssh-keygen(1)"
        raise DestructionError(Problem("END_019", str(signers), cause, remedy)) from None


def _check(name: str, path: Path, content: bytes, signers: Path | None) -> CertificateSignature:
    arguments = ["-n", SIGNATURE_NAMESPACE, "-s", str(path)]
    if signers is None:
        said = _run(["-Y", "check-novalidate", *arguments], content)
    else:
        said = _run(["-Y", "verify", "-f", str(signers), "-I", name, *arguments], content)
    key = _KEY.search(said)
    if key is None:
        cause = "the signature does not hold: another document, another name, or a key that is not among the signers"
        raise DestructionError(Problem("END_013", path.name, cause, "have it signed again, as docs/how-to/end.md says"))
    return CertificateSignature(name, key[1], known=signers is not None)


def _run(arguments: list[str], document: bytes) -> str:
    """What ssh-keygen says; "" where it refuses. Raises DestructionError END_014."""
    try:
        command = ["ssh-keygen", *arguments]
        done = subprocess.run(command, input=document, capture_output=True, check=False)  # noqa: S603 -- no shell, and paths only
    except FileNotFoundError:
        remedy = "install it: apt install openssh-client"
        raise DestructionError(Problem("END_014", "ssh-keygen", "it is not installed here", remedy)) from None
    return (done.stdout + done.stderr).decode("utf-8", "replace") if done.returncode == 0 else ""
