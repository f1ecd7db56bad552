"""Each picture and sound that the questionnaire names must exist in each language, and no file in `media/` may be left
over.

Where a language has no file of its own, the source language's is used. That is reported, because nobody who reads
Swedish expects to hear English.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.core.suggestions import did_you_mean
from kuule.study.media.media_files import MEDIA_FOLDER, StudyMedia
from kuule.study.media.media_references import MediaReference
from kuule.study.media.medium import MediaKind
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_340"

_MOST_NAMED = 5


def check(checked: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each file that is missing, that nobody would see, that a language lacks, or that nothing
    names."""
    media, source = checked.media, checked.settings.source_language
    yield from _missing(media)
    yield from _unseen(media.references)
    yield from _unknown_languages(media.references)
    for tag in checked.settings.languages:
        if tag != source:
            yield from _fallen_back(media, tag, source)
    yield from _unused(media)


def _missing(media: StudyMedia) -> Iterator[Problem]:
    for one in media.placements:
        if one.path:
            continue
        if "/" in one.file or "\\" in one.file or "${" in one.file:
            remedy = f"write the name alone of one file that stands in {MEDIA_FOLDER}/"
        else:
            remedy = did_you_mean(one.file, media.paths, f"put it into {MEDIA_FOLDER}/ beside the form")
        yield Problem(CODE, one.place, f"there is no {MEDIA_FOLDER}/{one.file}", remedy)


def _unseen(named: tuple[MediaReference, ...]) -> Iterator[Problem]:
    in_source = {one.key for one in named if one.is_converted}
    for one in named:
        if not one.is_shown:
            cause = f"{one.kind} stands in a row that shows none"
            remedy = "put it beside a question, a note or a choice"
            yield Problem(CODE, one.place, cause, remedy, Severity.WARNING)
        elif one.key not in in_source:
            cause = f"{one.file} is named for {one.written_language}, and the source language has no {one.kind} there"
            yield Problem(CODE, one.place, cause, "name one in the column that goes with the label's language too")


def _unknown_languages(named: tuple[MediaReference, ...]) -> Iterator[Problem]:
    for one in {(each.kind, each.written_language): each for each in named if not each.tag}.values():
        cause = f"the column {one.kind}::{one.written_language} is for no language of study.toml, and is passed over"
        remedy = "write the language's tag behind its name, like Svenska (sv)"
        yield Problem(CODE, one.sheet, cause, remedy, Severity.WARNING)


def _fallen_back(media: StudyMedia, tag: str, source: str) -> Iterator[Problem]:
    """The files that another language's stand in for: every sound, and those pictures of which some language has its
    own, which means that there are words in them."""
    differ = {one.key for one in media.placements if one.is_own and one.tag != source}
    lacking = [one for one in media.placements if one.tag == tag and one.path and not one.is_own]
    for kind, what in ((MediaKind.AUDIO, "is heard"), (MediaKind.IMAGE, "is seen")):
        files = dict.fromkeys(
            one.file for one in lacking if one.kind is kind and (kind is MediaKind.AUDIO or one.key in differ)
        )
        if files:
            names = ", ".join([*list(files)[:_MOST_NAMED], *(["…"] if len(files) > _MOST_NAMED else [])])
            cause = f"{tag} has no {kind} of its own for {names}: the source language's {what} there"
            yield Problem(
                CODE,
                f"{MEDIA_FOLDER}/{tag}",
                cause,
                f"put one of the same name into {MEDIA_FOLDER}/{tag}/",
                Severity.WARNING,
            )


def _unused(media: StudyMedia) -> Iterator[Problem]:
    for path in media.paths:
        if path not in media.files:
            remedy = "name it in a column image or audio, or take it out"
            yield Problem(CODE, f"{MEDIA_FOLDER}/{path}", "nothing names this file", remedy, Severity.WARNING)
