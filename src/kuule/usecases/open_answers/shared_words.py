"""What the team wrote itself and would leave in an export: memos and the codebook. None of it may say what was taken
out of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set

from kuule.core.problems import Problem
from kuule.qualitative.coding.code_tree import CodeTree, check_entry
from kuule.qualitative.project_model.answer_text import AnswerText, TextId
from kuule.qualitative.project_model.code_entries import CodeEntry
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory
from kuule.qualitative.quotes.quote_problems import quote_error
from kuule.qualitative.redaction_log.passes import joined_marks
from kuule.usecases.open_answers.project_session import ProjectSession

_ALWAYS_IDENTIFYING = frozenset({IdentifierCategory.PERSON, IdentifierCategory.CONTACT, IdentifierCategory.NUMBER})
"""What nobody else's words have by chance; a place or an age is in many codebooks."""
_SHORTEST = 3
_WINDOW = 20
"""Characters, fewer than `check_entry` takes for a repetition: so none is missed that it would find."""
_LETTERS = re.compile(r"\w")
_TATWEEL = "\u0640"
_ARABIC_PREFIX = "(?:[\u0648\u0641]?(?:\u0627\u0644|[\u0628\u0643\u0644])?)"
"""And, then, the, by, like, to: written as one word with what follows."""


def check_shared_words(
    session: ProjectSession, memos: Sequence[Memo], entries: Sequence[CodeEntry], texts: Set[TextId]
) -> None:
    """Check what goes out with some redacted texts.

    Raises ProjectError PROJECT_052 for each memo that has words which were taken out of its text, or names or numbers
    that were taken out of any, or 25 characters of a text that is not redacted; and for each code that does.
    """
    removed = frozenset(_removed(session, session.project.texts, _ALWAYS_IDENTIFYING))
    unread = [text for one, text in session.project.texts.items() if one not in texts]
    said = {
        entry.code: (entry.name, *dict(entry.names).values(), entry.definition, entry.example, entry.when_not)
        for entry in entries
    }
    unread = texts_repeated(
        [*(memo.words for memo in memos), *(part for parts in said.values() for part in parts)], unread
    )
    problems = [
        _problem(f"memo {memo.memo}", "change it, or leave all memos out (`--without-memos`)")
        for memo in memos
        if _says(memo.words, removed)
        or _quotes(memo.words, unread)
        or (memo.text is not None and _says(memo.words, frozenset(_removed(session, [memo.text], None))))
    ]
    problems += [
        _problem(f"code {code}", "say it in other words (`kuule answers define`)")
        for code, parts in said.items()
        if any(_says(part, removed) or _quotes(part, unread) for part in parts)
    ]
    if problems:
        raise ProjectError(*problems)


def check_quote_says_nothing_removed(
    session: ProjectSession, text: TextId, place: str, *, words: str, translations: Iterable[str] = ()
) -> None:
    """Raise ProjectError QUOTE_019 if the words of a quote have a name, a contact or a number that was taken out of
    another place of their text, or if a translation has anything that was taken out and the quote does not have."""
    names = frozenset(_removed(session, [text], _ALWAYS_IDENTIFYING))
    if _says(words, names):
        cause = "it has a name, a contact or a number that was taken out of another place of the same text"
        raise quote_error("QUOTE_019", place, cause, "mark it there as well (`kuule answers redact`), or quote less")
    removed = frozenset(one for one in _removed(session, [text], None) if not _says(words, frozenset([one])))
    if any(_says(one, removed) for one in translations):
        cause = "a translation of it says what was taken out of the text"
        raise quote_error("QUOTE_019", place, cause, "translate what is left of the text, and its labels as they are")


def texts_repeated(words: Iterable[str], texts: Iterable[AnswerText]) -> list[AnswerText]:
    """The texts of which so much stands in some words that a check of the codebook could find it. Each text is looked
    at once, however many words there are."""
    wanted = {piece for one in words for piece in _windows(_folded(one))}
    return [text for text in texts if wanted and not wanted.isdisjoint(_windows(_folded(text.words)))]


def _windows(folded: str) -> set[str]:
    return {folded[at : at + _WINDOW] for at in range(len(folded) - _WINDOW + 1)}


def _removed(
    session: ProjectSession, texts: Iterable[TextId], categories: Set[IdentifierCategory] | None
) -> Iterator[str]:
    """The words that were taken out of some texts, of some categories; while two readers differ, of any."""
    for text in texts:
        words = session.project.texts[text].words
        for mark in joined_marks(session.log, text):
            if categories is None or mark.category is None or mark.category in categories:
                found = _plain(words[mark.span.start : mark.span.end])
                if len(_LETTERS.findall(found)) >= _SHORTEST:
                    yield found


def _says(words: str, removed: Set[str]) -> bool:
    """Whether one of the pieces stands in the words, not in the midst of another word."""
    plain = _plain(words)
    return any(
        piece in plain and re.search(rf"(?<!\w){_ARABIC_PREFIX}{re.escape(piece)}(?!\w)", plain) is not None
        for piece in removed
    )


def _quotes(words: str, texts: Sequence[AnswerText]) -> bool:
    """Whether words repeat a text as a definition in the codebook may not."""
    try:
        check_entry(CodeTree({}, frozenset()), CodeEntry("", "memo", definition=words), texts)
    except ProjectError:
        return True
    return False


def _plain(words: str) -> str:
    """Words without what may be written or left out: case, accents and vowel signs, joiners and what cannot be seen."""
    apart = unicodedata.normalize("NFKD", words).casefold()
    kept = (one for one in apart if one != _TATWEEL and unicodedata.category(one) not in ("Mn", "Me", "Cf"))
    return " ".join("".join(kept).split())


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def _problem(place: str, remedy: str) -> Problem:
    cause = "it says what was taken out of a text, or repeats one that is not redacted, and would leave with the file"
    return Problem("PROJECT_052", place, cause, remedy)
