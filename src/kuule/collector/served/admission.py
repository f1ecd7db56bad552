"""Which editions may be served: the rules that refuse, before the first person comes. Each reports all that it finds.

A language that may not open (`study.edition.language_readiness`) is closed and leaves the others open. Where the source
language may not open, none does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from kuule.collector.served.public_addresses import public_addresses
from kuule.collector.served.serve_options import ServeOptions
from kuule.core.problems import KuuleError, Problem
from kuule.study.edition.language_readiness import edition_readiness
from kuule.study.edition.readiness import LanguageReadiness
from kuule.study.edition.study_edition import Edition


def check_admission(editions: Sequence[Edition], options: ServeOptions) -> None:
    """Raise KuuleError with every reason why these editions are not served with these options."""
    problems = [*_one_study(editions), *_one_audience(editions), *_keys(editions, options)]
    if options.onion:
        problems += public_addresses(editions)
    for edition in editions:
        source = language_readiness(edition, options)[0]
        if not source.may_open:
            remedy = "have what it names done and checked, and freeze again, or add --drafts"
            problems.append(Problem("SERVE_007", f"edition {edition.short}", str(source), remedy))
    if problems:
        raise KuuleError(*problems)


def _one_study(editions: Sequence[Edition]) -> Iterator[Problem]:
    studies = sorted({edition.study.id for edition in editions})
    if not editions:
        yield Problem("SERVE_001", "kuule serve", "no edition is given", "name at least one edition's folder")
    if len(studies) > 1:
        cause = f"these are editions of different studies: {', '.join(studies)}"
        yield Problem("SERVE_002", "kuule serve", cause, "start one collector for each study, on a host of its own")
    shorts = [edition.short for edition in editions]
    if len(set(shorts)) < len(shorts):
        yield Problem("SERVE_003", "kuule serve", "the same edition is given twice", "name it once")


def _one_audience(editions: Sequence[Edition]) -> Iterator[Problem]:
    """Two audiences share nothing (decision 0086): a study that asks somebody else from one edition to the next is
    refused like two studies."""
    by_audience: dict[str, list[Edition]] = {}
    for edition in editions:
        by_audience.setdefault(edition.study.audience, []).append(edition)
    if len(by_audience) > 1:
        named = (f"{audience} ({_shorts(found)})" for audience, found in sorted(by_audience.items()))
        cause = f"these editions ask different audiences: {', '.join(named)}"
        remedy = "start one collector for each audience, on a machine of its own (deploy/two-audiences)"
        yield Problem("SERVE_021", "kuule serve", cause, remedy)
    for key_id in sorted({edition.key.key_id for edition in editions}):
        sealed = [edition for edition in editions if edition.key.key_id == key_id]
        if len({edition.study.audience for edition in sealed}) > 1:
            cause = f"the editions {_shorts(sealed)} ask different audiences and have one key, {key_id.hex()}"
            remedy = "make a key for each study (kuule keys new) and freeze again"
            yield Problem("SERVE_022", "kuule serve", cause, remedy)


def _shorts(editions: Sequence[Edition]) -> str:
    return ", ".join(edition.short for edition in editions)


def _keys(editions: Sequence[Edition], options: ServeOptions) -> Iterator[Problem]:
    practice = {edition.short for edition in editions if edition.rehearsal}
    real = {edition.short for edition in editions} - practice
    if practice and real:
        cause = f"practice ({', '.join(sorted(practice))}) and real editions ({', '.join(sorted(real))}) are mixed"
        yield Problem("SERVE_004", "kuule serve", cause, "serve them apart, with a database each")
    elif practice and not options.rehearsal:
        cause = f"the key of edition {', '.join(sorted(practice))} is a practice key"
        yield Problem("SERVE_005", "kuule serve", cause, "freeze with the study's real key, or add --rehearsal")
    elif real and options.rehearsal:
        cause = f"edition {', '.join(sorted(real))} has a real key, and --rehearsal is for practice"
        yield Problem("SERVE_006", "kuule serve", cause, "leave --rehearsal out, or freeze with a practice key")


def language_readiness(edition: Edition, options: ServeOptions) -> tuple[LanguageReadiness, ...]:
    """Whether each language of an edition may open, the source first. With `drafts` each may: every page then says how
    far its language is."""
    if options.drafts:
        return tuple(LanguageReadiness(tag) for tag in edition.languages)
    return edition_readiness(edition, _today())


def _today() -> date:
    return datetime.now(UTC).date()
