"""What a certificate says, in the words of its page and its paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kuule.destruction.certificate import CERTIFICATE_FILE, CertifiedStep, DestructionCertificate
from kuule.destruction.ending_record import Destroyed, Way
from kuule.destruction.ending_steps import WORDS, EndingStep
from kuule.destruction.storage_medium import Doubt

_WAYS: Mapping[Way, str] = {
    Way.OVERWRITTEN: "overwritten and removed",
    Way.EMPTIED: "every row and table removed, and the server's log with them",
    Way.CLOSED: "closed; nobody can sign in any more",
    Way.STATED: "destroyed by people, who say so",
}
_DOUBTS: Mapping[Doubt, str] = {
    Doubt.COPY_ON_WRITE: "its file system writes to other places, and may keep old ones in snapshots",
    Doubt.DATA_JOURNAL: "its content went through the journal of the file system",
    Doubt.FLASH: "a solid-state disk may keep it in cells that nothing reaches but a destroyed disk",
    Doubt.VIRTUAL_DISK: "the disk is a virtual one, and its owner may have snapshots",
    Doubt.VOLUME_MANAGER: "a layer below the file system divides, copies or encrypts the disk",
    Doubt.NETWORK: "it was on another machine's disk",
    Doubt.LAYERS: "it was in a container's file system",
    Doubt.MEMORY: "it was in memory",
    Doubt.DATABASE_SERVER: "where a database server wrote before, its own disk may have kept",
    Doubt.UNKNOWN: "the system does not say what it lay on",
}
SMALL_PRINT = (
    "This says what programs did and what people say. That nobody has another copy cannot be proved.",
    "Overwriting reaches the place where a file was last. Earlier copies of it may lie in space that is free;"
    " where that was overwritten too, it stands in the list.",
    "Whoever had opened the answers may remember them. Figures that are published stay published.",
)
HOW_SIGNED = (
    f"Two people sign the bytes of {CERTIFICATE_FILE}. `kuule end verify` says whose signatures are with it, and needs"
    " no network."
)


@dataclass(frozen=True, slots=True)
class CertificateTable:
    """Rows under a heading; `mono`: columns (by number) that are set in letters of one width."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mono: tuple[int, ...] = ()


def certificate_title(certificate: DestructionCertificate) -> str:
    """The heading."""
    return f"Certificate of destruction: {certificate.study}"


def certificate_facts(certificate: DestructionCertificate) -> tuple[tuple[str, str], ...]:
    """What stands first: a name and a value."""
    facts = [
        ("Organisation", certificate.organisation or "not said"),
        ("Survey closed on", _day(certificate.closed_on)),
        ("Sealed answers promised to be deleted by", _day(certificate.delete_by)),
        ("Last step done on", _day(certificate.day)),
        (f"SHA-256 of {CERTIFICATE_FILE}", certificate.sha256),
    ]
    if certificate.practice:
        facts.insert(0, ("Practice", "this study was a rehearsal: nobody real answered it"))
    return tuple(facts)


def certificate_tables(certificate: DestructionCertificate) -> tuple[CertificateTable, ...]:
    """All else, as tables. One without rows is left out."""
    steps = certificate.steps
    tables = (
        CertificateTable(
            "What was destroyed",
            ("What", "Where", "When", "How"),
            tuple(row for step in steps for row in _destroyed_rows(step)),
        ),
        CertificateTable(
            "What is kept, and why",
            ("What", "Where", "Why"),
            tuple((WORDS[step.step], step.machine, step.kept) for step in steps if step.kept),
        ),
        CertificateTable(
            "What there was none of",
            ("What", "Where"),
            tuple((WORDS[step.step], step.machine) for step in steps if not step.kept and not step.destroyed),
        ),
        CertificateTable(
            "Editions and keys",
            ("Edition", "Fingerprint of the key"),
            tuple((edition, fingerprint) for edition, _, fingerprint in certificate.editions),
            (0, 1),
        ),
        CertificateTable(
            "Last archives",
            ("Name", "SHA-256"),
            tuple((name, digest) for name, digest, _ in certificate.archives),
            (1,),
        ),
    )
    return tuple(table for table in tables if table.rows)


def _destroyed_rows(step: CertifiedStep) -> Iterator[tuple[str, ...]]:
    """Things of one kind that went the same way stand in one row."""
    groups: dict[tuple[Way, tuple[Doubt, ...], str], list[str]] = {}
    for one in step.destroyed:
        groups.setdefault((one.way, one.doubts, one.by), []).append(one.name)
    for (way, doubts, by), names in groups.items():
        yield _what(step.step, names), step.machine, _day(step.day), _how(Destroyed(names[0], way, doubts, by))


def _what(step: EndingStep, names: list[str]) -> str:
    words = WORDS[step]
    named = sorted(set(names) - {words})
    return f"{words}: {', '.join(named)}" if named else words


def _how(one: Destroyed) -> str:
    how = _WAYS[one.way] + (f": {one.by}" if one.by else "")
    if not one.doubts:
        return how
    return f"{how}. It may not be gone everywhere: {'; '.join(_DOUBTS[doubt] for doubt in one.doubts)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
