"""What was seen of a site at the last look, in one file: so that the next look says what changed, also after this
machine or this program was ended at any moment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kuule.core.files import json_bytes, write_atomically
from kuule.core.problems import Problem
from kuule.verification.site_findings import SiteFinding, SiteState, VerificationError
from kuule.verification.site_verification import Verification

LOOK_FORMAT = 1


@dataclass(frozen=True, slots=True)
class LookRecord:
    """The last look that came to something: `at` is when, `findings` what was found by what was looked at, `digests`
    the SHA-256 of pages by address. `missed`: why later looks came to nothing, "" where there were none. `tried_at`:
    the last look of either kind."""

    site: str
    edition: str
    tried_at: datetime
    at: datetime | None = None
    findings: Mapping[str, SiteFinding] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    missed: str = ""

    def count(self, state: SiteState) -> int:
        """How many findings are in this state."""
        return sum(one.state is state for one in self.findings.values())


def record_of(seen: Verification, agreed: str) -> LookRecord:
    """What is kept of a look. `agreed`: the hash of the edition that it was held against, "" for none."""
    return LookRecord(
        site=seen.origin,
        edition=agreed,
        tried_at=seen.at,
        at=seen.at,
        findings={one.check: one for one in seen.findings},
        digests={page.address: page.digest for page in seen.pages if page.digest},
    )


def write_look_record(path: Path, record: LookRecord) -> None:
    """Write it whole, or leave the one of before. Raises OSError."""
    table = {
        "format": LOOK_FORMAT,
        "site": record.site,
        "edition": record.edition or None,
        "tried_at": record.tried_at.isoformat(),
        "at": record.at.isoformat() if record.at else None,
        "checks": {one.check: {"state": str(one.state), "told": one.told} for one in record.findings.values()},
        "pages": dict(record.digests),
        "missed": record.missed or None,
    }
    write_atomically(path, json_bytes(table), mode=0o644)


def read_look_record(path: Path) -> LookRecord | None:
    """What was written last; None if nothing was. Raises VerificationError VERIFY_005 if it is no such file, and
    VERIFY_007 if it cannot be read."""
    try:
        return _record(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except OSError as error:
        cause = f"it cannot be read ({(error.strerror or 'no reason given').lower()})"
        remedy = "give the file that `kuule verify --watch` writes, and let this user read it"
        raise VerificationError(Problem("VERIFY_007", str(path), cause, remedy)) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        remedy = "move it away: the next look then begins anew, and says all that it finds"
        raise VerificationError(
            Problem("VERIFY_005", str(path), "this is no record of looks at a site", remedy)
        ) from None


def _record(table: Any) -> LookRecord:
    if table["format"] != LOOK_FORMAT:
        raise ValueError
    return LookRecord(
        site=str(table["site"]),
        edition=str(table["edition"] or ""),
        tried_at=_moment(table["tried_at"]),
        at=_moment(table["at"]) if table["at"] else None,
        findings={
            str(check): SiteFinding(str(check), SiteState(one["state"]), str(one["told"]))
            for check, one in table["checks"].items()
        },
        digests={str(address): str(digest) for address, digest in table["pages"].items()},
        missed=str(table["missed"] or ""),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment
