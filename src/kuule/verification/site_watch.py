"""Looks at a site once a day, and says only what changed since the look before.

What changed is said before it is kept: a watch that is ended in between says it once more at its next start, and never
not at all. A look that comes to nothing, as the line is slow or a guard refuses programs, says nothing of the site; it
is tried again every hour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from kuule.core.locks import BusyError, exclusive_lock
from kuule.core.problems import Problem
from kuule.verification.look_record import LookRecord, read_look_record, record_of, write_look_record
from kuule.verification.site_findings import SiteState, VerificationError, named_few
from kuule.verification.site_verification import Verification

DAY = timedelta(days=1)
AGAIN = timedelta(hours=1)
"""After a look that came to nothing."""
_LONGEST_WAIT = timedelta(minutes=10)
"""A machine that sleeps stops the clock that is waited by: the day is looked at again and again."""
_COUNTS_DAYS = frozenset({"tls"})
"""Findings whose words change each day, and of which only the state counts."""


def changes_between(before: LookRecord | None, after: LookRecord) -> tuple[str, ...]:
    """What differs, a line for each thing; at the first look, all that is not well."""
    if before is None or before.at is None:
        found = after.findings.values()
        return tuple(f"{one.state} {one.check}: {one.told}" for one in found if one.state is not SiteState.OK)
    return tuple(_differences(before, after))


def _differences(before: LookRecord, after: LookRecord) -> Iterator[str]:
    for check, now in after.findings.items():
        then = before.findings.get(check)
        if then is None or then.state is not now.state or (then.told != now.told and check not in _COUNTS_DAYS):
            was = "not looked at" if then is None else f"{then.state}, {then.told}"
            yield f"{now.state} {check}: {now.told} (before: {was})"
    yield from (f"not looked at any more: {check}" for check in before.findings if check not in after.findings)
    other = [address for address, digest in after.digests.items() if before.digests.get(address, digest) != digest]
    if other:
        yield f"other words than before on {named_few(other)}"


class SiteWatch:
    """The watch over one site. `look` raises VerificationError where it comes to nothing; `clock` is the time of day,
    with a zone; `wait` waits for seconds and returns True when it is time to stop. `tell` is given of each look
    the lines that have to be said, and what was seen, None where nothing was."""

    def __init__(
        self,
        path: Path,
        agreed: str,
        *,
        look: Callable[[datetime], Verification],
        clock: Callable[[], datetime],
        wait: Callable[[float], bool],
        tell: Callable[[Sequence[str], Verification | None], None],
    ) -> None:
        self._path = path
        self._agreed = agreed
        self._look = look
        self._clock = clock
        self._wait = wait
        self._tell = tell

    def run(self, site: str) -> None:
        """Look when a day is over, or an hour after a look that came to nothing, until told to stop.

        Raises VerificationError VERIFY_005 and VERIFY_007 (the record is none, or cannot be read) and VERIFY_006 (it is
        of another site or edition), VERIFY_008 (another watch keeps it), and OSError where it cannot be written.
        """
        try:
            with exclusive_lock(self._path.with_name(f".{self._path.name}.held")):
                self._watch(site)
        except BusyError:
            cause, remedy = (
                "another watch keeps its looks in it",
                "end that one, or give this one a file of its own",
            )
            raise VerificationError(Problem("VERIFY_008", str(self._path), cause, remedy)) from None

    def _watch(self, site: str) -> None:
        record = read_look_record(self._path)
        if record is not None and (record.site, record.edition) != (site, self._agreed):
            raise _of_another(self._path, record)
        while True:
            now = self._clock()
            due = now if record is None else _due(record, now)
            if now >= due:
                record = self._look_once(site, record, now)
            elif self._wait(min(due - now, _LONGEST_WAIT).total_seconds()):
                return

    def _look_once(self, site: str, before: LookRecord | None, now: datetime) -> LookRecord:
        try:
            seen = self._look(now)
        except VerificationError as error:
            missed = error.problems[0].cause
            after = replace(before or LookRecord(site, self._agreed, now), tried_at=now, missed=missed)
            told = f"not seen: {missed}; this says nothing of the site, and is tried again every hour"
            self._tell((told,) if before is None or not before.missed else (), None)
        else:
            after = record_of(seen, self._agreed)
            again = ("seen again",) if before is not None and before.missed else ()
            self._tell((*again, *changes_between(before, after)), seen)
        write_look_record(self._path, after)
        return after


def _due(record: LookRecord, now: datetime) -> datetime:
    """When the next look is: at once where the clock was set back to before the last one."""
    if record.tried_at > now:
        return now
    return record.tried_at + (AGAIN if record.missed else DAY)


def _of_another(path: Path, record: LookRecord) -> VerificationError:
    against = f", held against the edition {record.edition[:8]}" if record.edition else ""
    cause = f"it is of looks at {record.site}{against}"
    remedy = "give another file for this site and edition, or move that one away to begin anew"
    return VerificationError(Problem("VERIFY_006", str(path), cause, remedy))
