"""Every format that Kuule keeps or passes on, with the number that this version writes and those that it reads.

Each number stands where its format is written; this table gathers them, and a test finds one that is missing.
docs/reference/versions.md is the same table for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kuule.backup import backup_manifest
from kuule.collector.session.draft_sealing import DRAFT_VERSION
from kuule.collector.session.session_state import STATE_VERSION, STATE_VERSION_WITHOUT_ROW
from kuule.collector.session.token import TOKEN_VERSION
from kuule.dataset.lifecycle.lock_marker import LOCK_FORMAT
from kuule.dataset.schema import dataset_info
from kuule.dataset.schema.coded_questions import CODES_FORMAT
from kuule.deployment.file_record import RECORD_FORMAT
from kuule.destruction.certificate import CERTIFICATE_VERSION
from kuule.destruction.ending_record import ENDING_RECORD_VERSION
from kuule.disclosure import ledger_format
from kuule.forms import record
from kuule.kit import kit_manifest
from kuule.limitation.rules_json import RULES_FORMAT
from kuule.network.signatures import SIGNATURES_FORMAT
from kuule.publishing.release_site.site_manifest import SITE_FORMAT
from kuule.qualitative.project.project_storage import PROJECT_FORMAT
from kuule.register.format_numbers import BUILT_PAGES_FORMAT, REGISTER_JSON_VERSION
from kuule.releases.approvals import APPROVALS_FORMAT
from kuule.releases.quote_json import QUOTES_FORMAT
from kuule.releases.table_json import TABLES_FORMAT
from kuule.releases.text_json import TEXTS_FORMAT
from kuule.sealing import archive, envelope_header, key_text, onion_key
from kuule.store.location.recognition import SCHEMA_VERSION
from kuule.study.edition.study_edition import EDITION_FORMAT, KNOWN_EDITION_FORMATS
from kuule.verification.look_record import LOOK_FORMAT
from kuule.workbench.accounts_version import ACCOUNTS_VERSION

FIRST_RELEASE = "0.1.0"
"""Nothing was released before it; numbers below those that it writes are from before any release."""


class Keeping(StrEnum):
    """What an upgrade does with what an earlier version wrote in a format."""

    READ = "read as it is"
    MIGRATED = "brought forward"
    REPLACED = "made anew"
    """Nobody reads an earlier one: it is made of something else, by the command that made it."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format. `written`: the number that this version writes. `read`: those that it reads. `since`: the first release
    that writes `written`. `reference`: its page below docs/reference, with the place on it."""

    written: int
    read: tuple[int, ...]
    since: str
    reference: str
    keeping: Keeping = Keeping.READ

    def __post_init__(self) -> None:
        if self.read and max(self.read) != self.written:
            raise ValueError("what is written is the newest of what is read")


def _one(number: int, reference: str, keeping: Keeping = Keeping.READ) -> FileFormat:
    """A format that never had another number."""
    return FileFormat(number, (number,), FIRST_RELEASE, reference, keeping)


def _migrated(number: int, reference: str) -> FileFormat:
    """A database, each version of which is brought forward."""
    return FileFormat(number, tuple(range(1, number + 1)), FIRST_RELEASE, reference, Keeping.MIGRATED)


FORMATS: Mapping[str, FileFormat] = MappingProxyType(
    {
        "token of a visit": _one(TOKEN_VERSION[0], "../explanation/pages.md"),
        "visit in a token or a draft": FileFormat(
            STATE_VERSION, (STATE_VERSION_WITHOUT_ROW, STATE_VERSION), FIRST_RELEASE, "../explanation/pages.md"
        ),
        "draft of a paused visit": _one(DRAFT_VERSION[0], "../explanation/pages.md"),
        "edition": FileFormat(EDITION_FORMAT, KNOWN_EDITION_FORMATS, FIRST_RELEASE, "edition.md"),
        "rules on time limits in an edition": _one(RULES_FORMAT, "edition.md"),
        "record": _one(record.VERSION, "record.md"),
        "envelope": _one(envelope_header.VERSION, "envelope.md"),
        "key file": _one(key_text.VERSION, "key-file.md"),
        "copy of an onion service's key": _one(onion_key.VERSION, "../how-to/tor.md"),
        "archive, with its list of withdrawals": FileFormat(
            archive.VERSION, archive.READABLE_VERSIONS, FIRST_RELEASE, "archive.md"
        ),
        "backup": _one(backup_manifest.VERSION, "backup.md"),
        "record of a step of an end": _one(ENDING_RECORD_VERSION, "certificate.md"),
        "certificate of destruction": _one(CERTIFICATE_VERSION, "certificate.md"),
        "database of answers": _migrated(SCHEMA_VERSION, "../how-to/serve.md"),
        "database of the workbench": _migrated(ACCOUNTS_VERSION, "../how-to/workbench.md"),
        "dataset": FileFormat(dataset_info.DATASET_FORMAT, dataset_info.READABLE_FORMATS, FIRST_RELEASE, "dataset.md"),
        "lock of a dataset": _one(LOCK_FORMAT, "dataset.md"),
        "counts of codes beside a dataset": _one(CODES_FORMAT, "project.md"),
        "project of open answers": _one(PROJECT_FORMAT, "project.md"),
        "ledger": FileFormat(
            ledger_format.FORMAT, ledger_format.FORMATS, FIRST_RELEASE, "dataset.md#the-ledger-beside-it"
        ),
        "tables of a release": _one(TABLES_FORMAT, "release.md"),
        "texts of a release": _one(TEXTS_FORMAT, "release.md"),
        "quotes of a release": _one(QUOTES_FORMAT, "release.md"),
        "approvals of a release": _one(APPROVALS_FORMAT, "release.md"),
        "signatures of partners": _one(SIGNATURES_FORMAT, "../how-to/partners.md"),
        "last look at a site": _one(LOOK_FORMAT, "../how-to/verify.md"),
        "record of a machine's files": _one(RECORD_FORMAT, "host.md"),
        "list of a kit": FileFormat(kit_manifest.FORMAT, (), FIRST_RELEASE, "../how-to/kit.md", Keeping.REPLACED),
        "list of a public page's files": _one(SITE_FORMAT, "public-page.md", Keeping.REPLACED),
        "register of law as JSON": FileFormat(
            REGISTER_JSON_VERSION, (), FIRST_RELEASE, "register.md", Keeping.REPLACED
        ),
        "list of a register's pages": _one(BUILT_PAGES_FORMAT, "register.md", Keeping.REPLACED),
    }
)
"""By the name that documentation and `kuule upgrade` use. What a command says to a program (--json) has its number in
`cli.json_record`, above this table."""
