"""What a team does with quotes: proposes, translates, looks at them beside released tables, releases, refuses,
withdraws, and writes the file that a release takes in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.qualitative.project_model.acts import Act
from kuule.qualitative.project_model.answer_text import AnswerText, TextId, TextSpan
from kuule.qualitative.project_model.notes_and_translations import TranslationOrigin
from kuule.qualitative.quotes.given_leave import check_leave
from kuule.qualitative.quotes.proposing import (
    TranslatedQuote,
    check_is_redacted,
    make_renumbering,
    proposal_of,
    quote_translation,
    reviewed_translation,
)
from kuule.qualitative.quotes.quote_problems import quote_error, quote_place
from kuule.qualitative.quotes.quote_states import QuoteBasis, QuoteStanding, quote_standing, quote_standings
from kuule.qualitative.quotes.quoted_words import check_labels_kept, check_quotable, words_of_span
from kuule.qualitative.quotes.reidentification import (
    AnswerCounts,
    CheckQuestion,
    PublishedTables,
    check_broad,
    check_facts,
)
from kuule.qualitative.quotes.ruling import (
    RefusalReason,
    check_act,
    make_refusal,
    make_release_ruling,
    make_withdrawal,
    proposal_in,
    released_quotes,
)
from kuule.releases.lineage import check_predecessors_known, predecessor_hash, predecessors, read_releases
from kuule.releases.publication_release import PublicationRelease
from kuule.releases.quote_json import quotes_to_json
from kuule.releases.release_folder import read_release
from kuule.tables.released import ReleasedTable
from kuule.tables.released_quotes import ReleasedQuotes, is_broad
from kuule.tables.request import LANGUAGE, Subpopulation
from kuule.tables.wording import Wording
from kuule.usecases.open_answers.project_overview import occurrences, without_identifiers
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.shared_words import check_quote_says_nothing_removed


@dataclass(frozen=True, slots=True)
class QuoteLookedAt:
    """A quote before somebody decides: its words as they would be published, and what is known to each question."""

    number: int
    words: str
    group: str
    translations: tuple[tuple[str, str], ...]
    facts: Mapping[CheckQuestion, tuple[str, ...]]


def propose_quote(session: ProjectSession, text: TextId, span: TextSpan, *, group: str = "") -> int:
    """Propose a span of the original as a quote; gives its number. Raises ProjectError PROJECT_025, PROJECT_026,
    QUOTE_003, QUOTE_011, QUOTE_013, QUOTE_017 (no leave), QUOTE_019 (it says what was taken out elsewhere)."""
    found = session.text(text)
    said = proposal_of(session.log, found, span, role=session.role, group=group)
    words = words_of_span(session.log, found, span)
    check_quote_says_nothing_removed(session, found.id, f"text {found.id}", words=words)
    session.save(*said)
    return said[0].number


def span_of_words(session: ProjectSession, text: TextId, words: str) -> TextSpan:
    """Where words are in the original of a text, as its redacted form has them. Raises ProjectError PROJECT_025,
    QUOTE_011 (they are not in it, or more than once)."""
    found = session.text(text)
    from_redacted = without_identifiers(session, found.id)
    if from_redacted.words.count(words) != 1:
        often = "not" if words not in from_redacted.words else "more than once"
        remedy = "give them as `kuule answers show --redacted` prints them, or --span"
        raise quote_error("QUOTE_011", f"text {found.id}", f"these words are {often} in its redacted form", remedy)
    start = from_redacted.words.index(words)
    return from_redacted.original_span(TextSpan(start, start + len(words)))


def renumber_quote(session: ProjectSession, quote: str) -> int:
    """Give a quote another number, where two copies gave one twice. Raises ProjectError QUOTE_001, QUOTE_009."""
    said = make_renumbering(session.log, quote)
    session.save(*said)
    return said[1].number


def translate_quote(
    session: ProjectSession, number: int, language: str, words: str, *, origin: TranslationOrigin
) -> Act:
    """Save a translation of a quote. A quote that is released is then to be looked at again. Raises ProjectError
    QUOTE_001, QUOTE_002, QUOTE_011, QUOTE_012, QUOTE_018, QUOTE_019."""
    standing = quote_standing(session.log, number)
    text = session.text(proposal_in(standing).text)
    said = TranslatedQuote(language, words, origin)
    made = quote_translation(session.log, standing, text, said, role=session.role)
    _check_says_nothing_removed(session, standing, text, [made.words])
    return session.save(made)[0]


def review_quote_translation(session: ProjectSession, number: int, language: str) -> Act:
    """Say that a translation of a quote is right. Raises ProjectError QUOTE_001, QUOTE_002, QUOTE_012."""
    standing = quote_standing(session.log, number)
    return session.save(reviewed_translation(standing, language, role=session.role))[0]


def look_at_quote(session: ProjectSession, number: int, release: Path) -> QuoteLookedAt:
    """What somebody has to look at before they decide.

    Raises ProjectError QUOTE_001 to QUOTE_003, QUOTE_007 (a group that is too small), QUOTE_008 (a language that too
    few wrote in), QUOTE_010 (another study or dataset), QUOTE_011, QUOTE_017 (no leave), QUOTE_018 (a translation has
    other labels than the quote has now), QUOTE_019 (it or a translation says what was taken out); PublishingError as
    `read_release` does.
    """
    return _look(session, number, _published(session, release), release)


def nameable_groups(session: ProjectSession, release: Path, language: str) -> tuple[tuple[str, str], ...]:
    """The groups that a quote in a language may name, as (group, words): broad ones, in the tables of a release. Of the
    languages only its own. Raises ProjectError QUOTE_010, PublishingError as `read_release` does."""
    published = _published(session, release)
    wording = published.wordings.get(language, next(iter(published.wordings.values())))
    named = {
        Subpopulation(table.request.cut, column.code)
        for table in published.tables
        for column in table.columns
        if table.request.cut is not None and table.request.within is None
    }
    fitting = (one for one in named if one.cut != LANGUAGE or one.code == language)
    broad = sorted(str(one) for one in fitting if is_broad(one, published.tables))
    return tuple((one, _group_words(Subpopulation.parse(one), wording)) for one in broad)


def release_quote(session: ProjectSession, number: int, release: Path, answers: Mapping[str, str]) -> Act:
    """Release a quote to be published beside the tables of a release, in one act with what was looked at.

    Raises ProjectError as `look_at_quote` does, QUOTE_004 (they proposed it), QUOTE_005, QUOTE_006 (the answers).
    """
    published = _published(session, release)
    looked_at = _look(session, number, published, release)
    basis = QuoteBasis(published.origin.dataset, published.ledger_entry)
    standing = quote_standing(session.log, number, basis)
    check = check_act(standing, looked_at.facts, basis, role=session.role)
    make_release_ruling(standing, check, "", answers, role=session.role)
    [shown] = session.save(check)
    return session.save(make_release_ruling(standing, check, shown.id, answers, role=session.role))[0]


def refuse_quote(session: ProjectSession, number: int, reason: RefusalReason) -> Act:
    """Refuse a quote. Raises ProjectError QUOTE_001, QUOTE_002."""
    return session.save(make_refusal(quote_standing(session.log, number), reason, role=session.role))[0]


def withdraw_quote(session: ProjectSession, number: int) -> Act:
    """Take a released quote back: the next release that quotes it is not made. Raises ProjectError QUOTE_001,
    QUOTE_002, QUOTE_009."""
    return session.save(make_withdrawal(quote_standing(session.log, number), role=session.role))[0]


def list_quotes(session: ProjectSession, release: Path | None = None) -> tuple[QuoteStanding, ...]:
    """All quotes, by number, and what became of each; with a release, beside its tables. Raises what `quote_basis`
    raises."""
    return tuple(quote_standings(session.log, quote_basis(session, release)))


def quote_basis(session: ProjectSession, release: Path | None) -> QuoteBasis:
    """What quotes are looked at beside now: the version of the dataset and, with a release, its tables. Raises
    ProjectError QUOTE_010, PublishingError as `read_release` does."""
    tables = _published(session, release).ledger_entry if release is not None else ""
    return QuoteBasis(_dataset(session), tables)


def export_quotes(session: ProjectSession, release: Path, to: Path) -> ReleasedQuotes:
    """Write the quotes that are released beside the tables of a release into a file that only whoever runs it can read:
    a release is approved later, and why a number is absent is never published.

    Raises ProjectError QUOTE_010, QUOTE_016 (something is there already, or it cannot be written).
    """
    published = _published(session, release)
    basis = QuoteBasis(published.origin.dataset, published.ledger_entry)
    quotes = released_quotes(session.log, session.project.texts, published.study, basis)
    if to.exists() or to.is_symlink():
        raise quote_error("QUOTE_016", str(to), "something is there already", "give another name, or move it away")
    try:
        write_atomically(to, quotes_to_json(quotes), mode=0o600)
    except OSError as error:
        cause = f"it cannot be written ({error.strerror})"
        raise quote_error("QUOTE_016", str(to), cause, "give a place that may be written to") from None
    return quotes


def _look(session: ProjectSession, number: int, release: PublicationRelease, path: Path) -> QuoteLookedAt:
    standing = quote_standing(session.log, number)
    proposal = proposal_in(standing)
    text = session.text(proposal.text)
    check_leave(session.log, text)
    check_is_redacted(session.log, text)
    words = words_of_span(session.log, text, proposal.span)
    place = quote_place(number)
    check_quotable(words, place, language=text.language)
    for one in standing.translations:
        check_labels_kept(words, one.words, language=text.language, into=one.language, place=place)
    _check_says_nothing_removed(session, standing, text, [one.words for one in standing.translations])
    wording = release.wordings.get(text.language, next(iter(release.wordings.values())))
    published = PublishedTables((*release.tables, *_tables_before(path)), wording)
    counts = AnswerCounts.of_texts(session.project.texts.values(), occurrences(session))
    check_broad(proposal.group, text.language, published, counts, place)
    return QuoteLookedAt(
        number=number,
        words=words,
        group=proposal.group,
        translations=tuple((one.language, one.words) for one in standing.translations),
        facts=check_facts(text, words, proposal.group, published, counts, leave=session.leave(text.id)),
    )


def _check_says_nothing_removed(
    session: ProjectSession, standing: QuoteStanding, text: AnswerText, translations: Iterable[str]
) -> None:
    words = words_of_span(session.log, text, proposal_in(standing).span)
    place = quote_place(standing.number)
    check_quote_says_nothing_removed(session, text.id, place, words=words, translations=translations)


def _group_words(group: Subpopulation, wording: Wording) -> str:
    title, labels = wording.cuts.get(group.cut, ("", {}))
    if group.cut in wording.items:
        title, labels = wording.items[group.cut].question, wording.items[group.cut].answers
    return f"{title or group.cut}: {labels.get(group.code, group.code)}"


def _published(session: ProjectSession, path: Path) -> PublicationRelease:
    """The release beside whose tables quotes are looked at. Raises ProjectError QUOTE_010."""
    release = read_release(path).release
    taken = session.project.datasets
    if len(taken) != 1 or (release.study, release.origin.dataset) != (taken[0].study, taken[0].version):
        there = ", ".join(f"{one.study} {one.version}" for one in taken)
        cause = f"it is of {release.study} {release.origin.dataset}, and the project of {there}"
        remedy = "take in the dataset that the release is of (`kuule project take`), or give a release of this one"
        raise quote_error("QUOTE_010", str(path), cause, remedy)
    return release


def _tables_before(path: Path) -> tuple[ReleasedTable, ...]:
    """The tables of the releases before one, which readers have as well. Raises PublishingError RELEASE_021 or
    RELEASE_024 if one is not beside it."""
    found = read_release(path)
    if not predecessor_hash(found.release.description):
        return ()
    known, _ = read_releases(found.path.resolve().parent)
    check_predecessors_known(found, known)
    return tuple(table for one in predecessors(found, known) for table in one.release.tables)


def _dataset(session: ProjectSession) -> str:
    taken = session.project.datasets
    return taken[0].version if len(taken) == 1 else ""
