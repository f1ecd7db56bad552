"""Counting the codes of what people wrote, for tables that go through disclosure control: all of a question, coded and
decided, or nothing of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from kuule.core.suggestions import did_you_mean
from kuule.dataset.coded_dataset import text_key, write_code_counts
from kuule.dataset.schema.coded_questions import CodeAnswer, CodeColumn, CodedQuestion
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.coding.text_codings import CodingState, counted_codes
from kuule.qualitative.project.dataset_intake import check_dataset_is_taken
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.qualitative.project_model.code_entries import CodeEntry, CodeId
from kuule.qualitative.project_model.project_problems import project_error
from kuule.qualitative.quotes.quoted_words import in_one_line
from kuule.tables.result import KEY_MODULUS
from kuule.usecases.open_answers.project_overview import is_unused, occurrences
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.shared_words import check_shared_words

_SETTLED = frozenset({CodingState.AGREED, CodingState.ADJUDICATED})
_SHORTEST_CODE = 8
"""Digits of the id of a code by which a report names it."""


def count_codes(session: ProjectSession, dataset: Path, questions: Sequence[str]) -> tuple[CodedQuestion, ...]:
    """Count the codes of all that was written to some questions, and write the file beside the dataset, from which
    reports and releases make tables.

    Raises ProjectError PROJECT_013 (another version), PROJECT_052 (a code whose name says what was taken out),
    PROJECT_063 (a question that nobody answered in their own words, or in a repeat; no code), PROJECT_064 (texts whose
    coding is not settled), PROJECT_065 (the codebook is contested), PROJECT_009 (the file cannot be written);
    ArchiveError as `read_dataset` does.
    """
    check_dataset_is_taken(session.project, dataset)
    found = read_dataset(dataset)
    _check_codebook(session)
    counted = tuple(_counted(session, found, question) for question in dict.fromkeys(questions))
    try:
        write_code_counts(found, counted)
    except OSError as error:
        cause = f"the counts cannot be written beside it ({error.strerror})"
        raise project_error("PROJECT_009", str(dataset), cause, "make room, or give a folder that can be") from None
    return counted


def _counted(session: ProjectSession, dataset: Dataset, question: str) -> CodedQuestion:
    texts = _texts(session, dataset, question)
    tree, key, times = session.tree, text_key(dataset), occurrences(session)
    codes = {text.id: _with_those_above(session, tree, text) for text in texts}
    entries = tuple(_published_entries(tree, frozenset[CodeId]().union(*codes.values())))
    _check_names(session, entries)
    people: Counter[str] = Counter()
    people_keys: Counter[str] = Counter()
    counts: defaultdict[str, Counter[CodeId]] = defaultdict(Counter)
    keys: defaultdict[str, Counter[CodeId]] = defaultdict(Counter)
    for text in texts:
        for number in range(times.get(text.id, 1)):
            own = key(text.item, text.language, text.words, number)
            people[text.language] += 1
            people_keys[text.language] += own
            counts[text.language].update(codes[text.id])
            keys[text.language].update(dict.fromkeys(codes[text.id], own))
    columns = {
        tag: CodeColumn(
            people[tag],
            people_keys[tag] % KEY_MODULUS,
            tuple(counts[tag][one.code] for one in entries),
            tuple(keys[tag][one.code] % KEY_MODULUS for one in entries),
        )
        for tag in sorted(people)
    }
    return CodedQuestion(question, tuple(_answers(tree, entries, dataset.codebook.languages)), columns)


def _texts(session: ProjectSession, dataset: Dataset, question: str) -> tuple[AnswerText, ...]:
    """All texts of a question. Raises ProjectError PROJECT_063, PROJECT_064."""
    texts = tuple(text for text in session.project.texts.values() if text.item == question)
    item = dataset.codebook.items.get(question)
    if not texts or item is None or item.repeats:
        written = sorted({text.item for text in session.project.texts.values()})
        repeated = item is not None and bool(item.repeats)
        cause = (
            "it is in a repeat: one person may have written several" if repeated else "the project has no text of it"
        )
        remedy = did_you_mean(question, written, f"name one of {', '.join(written)}")
        raise project_error("PROJECT_063", f"question {question[:60]!r}", cause, remedy)
    left = Counter(session.coding_outcome(text.id).state for text in texts)
    unsettled = {state: number for state, number in sorted(left.items()) if state not in _SETTLED}
    if unsettled:
        said = ", ".join(f"{number:,} {state}" for state, number in unsettled.items())
        cause = f"of its {len(texts):,} texts two people do not agree on the codes of all: {said}"
        raise project_error("PROJECT_064", f"question {question!r}", cause, "code and decide the others first")
    return texts


def _check_codebook(session: ProjectSession) -> None:
    """Raise ProjectError PROJECT_065 if two copies say different things of a code."""
    contested = [cell for cell in session.log.contested_cells() if cell[0] == "code"]
    if contested or session.tree.in_loops:
        cause = "two copies say different things of a code, or a code is above itself"
        raise project_error("PROJECT_065", "the codebook", cause, "settle it first (`kuule project disagreements`)")


def _with_those_above(session: ProjectSession, tree: CodeTree, text: AnswerText) -> frozenset[CodeId]:
    """The codes of a text, and those above them. Raises ProjectError PROJECT_065 if one is not for coding any more and
    none counts in its place."""
    given = counted_codes(tree, session.coding_outcome(text.id).segments)
    entries = [tree.entries.get(code) for code in given]
    if any(one is None or is_unused(one) or not one.codable for one in entries):
        cause = "a code that a text has is retired or only a heading now, and none counts in its place"
        remedy = "say which one does (`kuule answers define --into`), or code its texts otherwise"
        raise project_error("PROJECT_065", "the codebook", cause, remedy)
    return frozenset(one for code in given for one in tree.with_those_above(code))


def _published_entries(tree: CodeTree, used: frozenset[CodeId]) -> Iterable[CodeEntry]:
    """The codes that a table has as rows, in the order of the codebook, each before those below it. A heading that only
    groups others is none: one above everything would be nearly everybody's, and the table withheld for it."""
    for _, entry in tree.walk():
        if entry.codable and entry.merged_into is None and (entry.code in used or not entry.retired):
            yield entry


def _check_names(session: ProjectSession, entries: Sequence[CodeEntry]) -> None:
    """Raise ProjectError if there is no code (PROJECT_063), or if the name of one, which readers of a report would see,
    says what was taken out of a text or repeats one (PROJECT_052)."""
    if not entries:
        cause, remedy = "the codebook has no code", "define one first (`kuule answers define`)"
        raise project_error("PROJECT_063", "the codebook", cause, remedy)
    shown = frozenset(above for one in entries for above in session.tree.with_those_above(one.code))
    said = [session.tree.entries[code] for code in sorted(shown)]
    names = [CodeEntry(one.code, one.name, names=one.names) for one in said]
    check_shared_words(session, (), names, frozenset())


def _answers(tree: CodeTree, entries: Sequence[CodeEntry], languages: Iterable[str]) -> Iterable[CodeAnswer]:
    length = next(
        size
        for size in range(_SHORTEST_CODE, len(entries[0].code) + 1)
        if len({one.code[:size] for one in entries}) == len(entries)
    )
    for entry in entries:
        # A name may come from another program's file, and would turn the direction of what stands beside it.
        name = in_one_line(" / ".join(tree.path(entry.code)))
        names = {tag: in_one_line(tree.path_in(entry.code, tag)) for tag in languages}
        yield CodeAnswer(entry.code[:length], name, {tag: one for tag, one in names.items() if one != name})
