"""What somebody reports of the law is never made to look like the law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.register.check_rules.checked_register import CheckedRegister
from kuule.register.data_model.answers import TextAnswer
from kuule.register.data_model.country_values import LegalValue
from kuule.register.data_model.sources import Confidence, Source, SourceKind

WORDED_AS_LAW = "REGISTER_009"
TOO_SURE = "REGISTER_010"
RANKED_BY_LAW = "REGISTER_011"
UNDATED = "REGISTER_012"
NO_ARTICLE = "REGISTER_013"

HEARSAY = frozenset({SourceKind.PRESS, SourceKind.NGO, SourceKind.LEAD})
"""Sources that say what they heard of the law."""
_NEVER_SURE = frozenset({SourceKind.PRESS, SourceKind.LEAD})
_LAW_WORDS = re.compile(
    r"\b(?:the|this) (?:law|act|code|statute) (?:says|states|provides|requires|stipulates|reads|demands|prescribes)\b"
    r"|\b(?:the|this) (?:law|act|code|statute) (?:abolished|abolishes|allows|bars|limits|prohibits|punishes|sets)\b"
    r"|\b(?:under|by|pursuant to|in accordance with|according to) (?:the )?(?:(?:criminal|penal|civil) )?"
    r"(?:articles?|sections?|paragraphs?|art\.|s\.|law|statute|act|code)\b"
    r"|\bby law\b|\bpursuant to\b|§",
    re.IGNORECASE,
)


def check_wording(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each value that was heard of and speaks as if the law had been read."""
    for read, number, value in checked.values():
        kind = value.source.kind
        if kind not in HEARSAY:
            continue
        for path, text in _texts(value):
            if found := _LAW_WORDS.search(text):
                cause = f"{found[0]!r} makes a law of what a source of the kind {kind} says"
                remedy = "say what the source says, without these words, or read the statute and cite that"
                yield checked.error_problem(WORDED_AS_LAW, read, ("values", number, *path), cause, remedy)
        if value.source.article is not None and value.confidence is Confidence.A:
            cause = f"an article with confidence A, from a source of the kind {kind}"
            remedy = "read the article itself and cite that, or lower the confidence"
            yield checked.error_problem(WORDED_AS_LAW, read, ("values", number, "source", "article"), cause, remedy)


def check_confidence(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each value that was heard of in the press, or is a lead, and has confidence A."""
    for read, number, value in checked.values():
        if value.source.kind in _NEVER_SURE and value.confidence is Confidence.A:
            cause = (
                f"confidence A is for a text that was seen itself, and this source is of the kind {value.source.kind}"
            )
            yield checked.error_problem(TOO_SURE, read, ("values", number, "confidence"), cause, "write B, C or D")


def check_rankings(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each value of a ranking that claims to be read in a statute."""
    for read, number, value in checked.values():
        provision = checked.register.provisions.get(read.provision)
        if provision is not None and provision.ranking and value.source.is_law:
            cause = f"{read.provision} is somebody's ranking, and no statute ranks countries"
            remedy = "cite who made the ranking, or move the value to the provision that it answers"
            yield checked.error_problem(RANKED_BY_LAW, read, ("values", number, "source", "kind"), cause, remedy)


def check_dated(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each source of which it is neither said what day it carries nor why it carries none."""
    for read, number, value in checked.values():
        if _is_undated(value.source):
            cause = "the source has no date"
            remedy = "write dated: with the day that the text carries, or dated_note: why there is none"
            yield checked.error_problem(UNDATED, read, ("values", number, "source"), cause, remedy, on_key=True)
    for standard in checked.register.standards.values():
        for number, stage in enumerate(standard.stages):
            if _is_undated(stage.source) and stage.date is None:
                cause = "neither the stage nor its source has a date"
                remedy = "write date:, or dated: in the source, or dated_note: why there is none"
                yield checked.error_problem(UNDATED, standard, ("stages", number), cause, remedy)


def check_articles(checked: CheckedRegister) -> Iterator[Problem]:
    """A warning for each value that was read in a statute, nobody can see where."""
    for read, number, value in checked.values():
        if value.source.is_law and value.source.article is None:
            cause = "a statute without the article that was read"
            yield checked.warning_problem(
                NO_ARTICLE, read, ("values", number, "source"), cause, "write article: and which it is", on_key=True
            )


def _texts(value: LegalValue) -> Iterator[tuple[tuple[str, ...], str]]:
    yield ("says",), value.says
    if isinstance(value.answer, TextAnswer):
        yield ("answer", "summary"), value.answer.summary


def _is_undated(source: Source) -> bool:
    return source.dated is None and source.dated_note is None
