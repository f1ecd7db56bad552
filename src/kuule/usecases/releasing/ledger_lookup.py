"""Where a release is in the ledger: under the hash of its tables."""

from __future__ import annotations

from kuule.core.problems import Problem, PublishingError
from kuule.disclosure.ledger import Ledger
from kuule.disclosure.ledger_entry import LedgerEntry
from kuule.releases.release_folder import ReleaseFolder


def find_in_ledger(release: ReleaseFolder, ledger: Ledger) -> LedgerEntry:
    """The entry of a release's tables. Raises PublishingError RELEASE_030 if there is none: they did not come through
    disclosure control there, or were changed since; or there is no such ledger."""
    if not ledger.path.exists():
        remedy = "give the ledger that lies beside the dataset; practice is noted in none"
        raise PublishingError(Problem("RELEASE_030", str(ledger.path), "there is no such file", remedy))
    found = next((each for each in ledger.entries() if each.report == release.release.ledger_entry), None)
    if found is None:
        cause = f"no release in it has these tables ({release.release.ledger_entry[:12]}…)"
        remedy = "give the ledger that lies beside the dataset; if this is it, the tables were changed: make them again"
        raise PublishingError(Problem("RELEASE_030", str(ledger.path), cause, remedy))
    return found
