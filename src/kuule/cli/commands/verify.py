"""`kuule verify URL`: what a running site shows to anybody, held against what it promises."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.aligned_tables import WIDEST
from kuule.cli.console import Exit, announce, print_result, say
from kuule.core.amounts import amount
from kuule.core.files import write_atomically

if TYPE_CHECKING:
    from kuule.verification.agreed_edition import AgreedEdition
    from kuule.verification.site_verification import Verification

_STATE_WIDTH = 9


def verify_running_site(
    url: Annotated[str, typer.Argument(help="The address of the site, such as https://survey.example.org.")],
    edition: Annotated[
        Path | None, typer.Option(help="The agreed edition: its folder, or the edition.json in it.")
    ] = None,
    page: Annotated[Path | None, typer.Option(help="A page of HTML to write, which can be published.")] = None,
    watch: Annotated[
        Path | None,
        typer.Option(help="Look once a day until Ctrl-C, and say what changed; the last look is kept in this file."),
    ] = None,
) -> int:
    """Look at a running site from outside: its edition and key, encryption, headers, cookies, what it loads, page
    sizes, help and languages. Nothing is sent that is kept or counted there."""
    from kuule.verification.agreed_edition import read_agreed_edition  # slow: reading editions; as in all commands
    from kuule.verification.site_findings import SiteState
    from kuule.verification.site_verification import verify_site

    agreed = read_agreed_edition(edition) if edition else None
    if watch is not None:
        return _watch(url, watch, agreed, page)
    seen = verify_site(url, now=datetime.now(UTC), agreed=agreed)
    _write_page(page, seen)
    wrong, warnings = seen.count(SiteState.WRONG), seen.count(SiteState.WARNING)
    lines = [line for one in seen.findings for line in _lines(str(one.state), f"{one.check}: {one.told}")]
    print_result(*lines, **_told(seen), wrong=wrong, warnings=warnings, page=None if page is None else str(page))
    say(f"{amount(wrong, 'thing')} wrong and {amount(warnings, 'warning')}, after {amount(seen.requests, 'request')}")
    if agreed is None:
        say("the site itself named its edition and its key: --edition compares them with one that you were given")
    return Exit.CHECK_FOUND_ERRORS if wrong else Exit.DONE


def _watch(url: str, record: Path, agreed: AgreedEdition | None, page: Path | None) -> int:
    """Look daily until SIGINT or SIGTERM."""
    from kuule.verification.site_findings import SiteState  # slow: reading pages; as in all commands
    from kuule.verification.site_reader import site_origin
    from kuule.verification.site_verification import verify_site
    from kuule.verification.site_watch import SiteWatch

    def tell(lines: Sequence[str], seen: Verification | None) -> None:
        if seen is not None:
            _write_page(page, seen)
        if not lines:
            return
        at = datetime.now(UTC).isoformat(timespec="seconds")
        states = {"wrong": SiteState.WRONG, "warnings": SiteState.WARNING}
        counts = {name: seen.count(state) if seen else 0 for name, state in states.items()}
        print_result(*(f"{at} {line}" for line in lines), site=site, at=at, changes=list(lines), **counts)
        announce()

    site = site_origin(url)
    watch = SiteWatch(
        record,
        agreed.id if agreed else "",
        look=lambda now: verify_site(url, now=now, agreed=agreed),
        clock=lambda: datetime.now(UTC),
        wait=_stopping().wait,
        tell=tell,
    )
    watch.run(site)
    return Exit.DONE


def _stopping() -> threading.Event:
    """An event that SIGINT and SIGTERM set."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def _write_page(page: Path | None, seen: Verification) -> None:
    from kuule.verification.verification_page import verification_page  # slow, as above

    if page is not None:
        write_atomically(page, verification_page(seen))


def _told(seen: Verification) -> dict[str, object]:
    return {
        "site": seen.origin,
        "at": seen.at.isoformat(timespec="seconds"),
        "open": seen.open,
        "edition": seen.edition or None,
        "fingerprint": seen.fingerprint or None,
        "languages": list(seen.languages),
        "checks": [{"check": one.check, "state": str(one.state), "told": one.told} for one in seen.findings],
        "pages": [
            {"address": one.address, "status": one.status, "bytes": one.sent, "sha256": one.digest or None}
            for one in seen.pages
        ],
        "requests": seen.requests,
    }


def _lines(state: str, sentence: str) -> list[str]:
    """One finding: at a terminal in lines that fit it, elsewhere in one line."""
    width = WIDEST if sys.stdout.isatty() else sys.maxsize
    return wrap(f"{state:<{_STATE_WIDTH}}{sentence}", width, subsequent_indent=" " * _STATE_WIDTH)
