"""What may be served: the rules that refuse, before the first person comes. Each says all that it finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from kuule.collector.offer.options import ServeOptions
from kuule.errors import KuuleError, Problem
from kuule.study.edition import Edition
from kuule.support.coverage import gaps
from kuule.web.interface.texts import interface


def refuse(editions: Sequence[Edition], options: ServeOptions) -> None:
    """Raise KuuleError with every reason why these editions are not served with these options."""
    problems = [*_one_study(editions), *_keys(editions, options)]
    for edition in editions:
        if not options.drafts:
            problems += [*_languages(edition), *_support(edition)]
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


def _languages(edition: Edition) -> Iterator[Problem]:
    demanded = edition.study.opening_state
    for tag in edition.languages:
        place = f"edition {edition.short}, language {tag}"
        status = edition.status(tag)
        spoken = interface(tag)
        if not status.open:
            cause = f"its texts are in the state {status.state}, and the study opens a language from {demanded}"
            yield Problem("SERVE_007", place, cause, "have a person review them and freeze again, or add --drafts")
        if spoken is None:
            cause = "the buttons and notes around the questions are not translated into it"
            yield Problem("SERVE_008", place, cause, "translate web/interface/interface.pot, or add --drafts")
        elif not spoken.state.reaches(demanded):
            cause = f"the buttons and notes around the questions are in the state {spoken.state}"
            yield Problem("SERVE_008", place, cause, "have a person review them, or add --drafts")


def _support(edition: Edition) -> Iterator[Problem]:
    """Somebody to talk to, for everyone: a checked service in each served country and language, or one for anywhere."""
    study = edition.study
    for gap in gaps(
        edition.support.shown(drafts=False, today=_today()),
        countries=study.help.countries,
        languages=edition.languages,
        minimum_age=study.minimum_age,
    ):
        remedy = "check one (kuule support check) and freeze again, or add --drafts"
        yield Problem("SERVE_009", f"edition {edition.short}, support, {gap.place}", gap.cause, remedy)


def _today() -> date:
    return datetime.now(UTC).date()
