"""What keeps a language from opening, in words and in numbers that add up."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from markupsafe import Markup, escape

from kuule.helplines.coverage import CoverageGap
from kuule.languages.workflow.states import State
from kuule.study.edition.readiness import LanguageReadiness, TranslationGaps
from kuule.workbench.member_words.saying import say, say_english, say_semicolon


def gaps_in_words(answer: LanguageReadiness, demanded: State, shared: Container[str] = ()) -> tuple[Markup, ...]:
    """What keeps a language from opening, in few words, without what is `shared` with others."""
    return (*_text_gaps(answer.lacks, demanded), *_help_gaps(answer.missing_help, shared))


def _text_gaps(lacks: TranslationGaps | None, demanded: State) -> Iterator[Markup]:
    """Each text is in one of these numbers. Where there are several, their sum comes before them: beside the texts by
    their state, one of them alone would seem to be all that is missing."""
    found = tuple(_counted_gaps(lacks, demanded)) if lacks is not None else ()
    if lacks is None or len(found) < 2:
        yield from found
        return
    number = lacks.refused + lacks.untranslated + lacks.stale + lacks.below
    yield Markup("{} {}").format(say("lacks_sum", number=number, all=lacks.texts), escape(say_semicolon()).join(found))


def _counted_gaps(lacks: TranslationGaps, demanded: State) -> Iterator[Markup]:
    if lacks.refused:
        yield say("lacks_refused", number=lacks.refused)
    if lacks.untranslated:
        yield say("lacks_untranslated", number=lacks.untranslated)
    if lacks.stale:
        yield say("lacks_stale", number=lacks.stale)
    if lacks.below:
        yield say(f"lacks_{demanded.replace('-', '_')}", number=lacks.below)


def _help_gaps(missing: Iterable[CoverageGap], shared: Container[str]) -> Iterator[Markup]:
    for gap in missing:
        if (gap.shared_cause or gap.cause) not in shared:
            yield say("lacks_help") if gap.language else say_english(gap.cause)
