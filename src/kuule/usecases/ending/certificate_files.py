"""Writing the certificate of destruction of a study, and reading one that somebody gave away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kuule.core.files import sync_folder, write_atomically
from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import read_regular_file, unread_cause
from kuule.destruction.certificate import CERTIFICATE_FILE, DestructionCertificate, certificate_of
from kuule.destruction.certificate_html import certificate_html
from kuule.destruction.certificate_pdf import certificate_pdf
from kuule.destruction.certificate_signatures import CertificateSignature, check_signatures
from kuule.destruction.file_destruction import DestructionError
from kuule.destruction.records_folder import RecordsFolder, study_of_records
from kuule.usecases.progress import SILENT, ProgressListener


@dataclass(frozen=True, slots=True)
class WrittenCertificate:
    """The certificate, and its files: the document that is signed first."""

    certificate: DestructionCertificate
    files: tuple[Path, ...]


def write_certificate(
    records: Path, to: Path, *, with_workbench: bool = True, progress: ProgressListener = SILENT
) -> WrittenCertificate:
    """Write certificate.json, a page and a PDF of it into a folder. Written again, they are the same.

    Raises DestructionError END_001, END_011 (a step is not done, with all that are not), END_015, END_017 (another
    certificate is there, which may be signed), END_018 (it is the folder of records).
    """
    certificate = certificate_of(
        RecordsFolder(records, study_of_records(records)).records(), with_workbench=with_workbench
    )
    if to.resolve() == records.resolve():
        cause = "these are the records, and a certificate is none of them"
        raise DestructionError(Problem("END_018", str(to), cause, "give a new folder"))
    to.mkdir(parents=True, exist_ok=True)
    document = to / CERTIFICATE_FILE
    if document.exists() and document.read_bytes() != certificate.to_bytes():
        cause = "another certificate is here, and people may have signed it"
        raise DestructionError(Problem("END_017", str(document), cause, "give a new folder"))
    contents = {document: certificate.to_bytes(), to / "certificate.html": certificate_html(certificate)}
    try:
        contents[to / "certificate.pdf"] = certificate_pdf(certificate)
    except (ImportError, DestructionError) as error:
        progress.note(f"note: there is no PDF ({error}); the page of HTML says the same, and prints")
    for path, content in contents.items():
        write_atomically(path, content)
    sync_folder(to)
    return WrittenCertificate(certificate, tuple(contents))


def read_certificate(folder: Path) -> DestructionCertificate:
    """The certificate in a folder. Raises DestructionError END_012."""
    try:
        content = read_regular_file(folder / CERTIFICATE_FILE)
    except (OSError, StudyError) as error:
        cause = f"there is no certificate that can be read ({unread_cause(error)})"
        raise DestructionError(
            Problem("END_012", str(folder / CERTIFICATE_FILE), cause, "give the folder that it is in")
        ) from None
    return DestructionCertificate.from_bytes(content)


def verify_certificate(
    folder: Path, signers: Path | None
) -> tuple[DestructionCertificate, tuple[CertificateSignature, ...]]:
    """The certificate in a folder, and the signatures that hold. Raises DestructionError END_012 to END_014,
    END_019."""
    return read_certificate(folder), check_signatures(folder, signers)
