"""Settings in words, as the papers say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kuule.forms.record import FASTER_THAN_READING, HIDDEN_FIELD_FILLED
from kuule.helplines.coverage import CoverageGap
from kuule.helplines.directory import INTERNATIONAL
from kuule.helplines.service import BOTH_GENDERS, GenderServed, ServiceKind
from kuule.languages.cldr.locale_formats import join_names
from kuule.languages.cldr.tags import language_name
from kuule.languages.cldr.territories import territory_names
from kuule.redaction.stripped_kinds import StrippedKind
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.study.settings.study_settings import Study

ENGLISH = "en"
LackingKinds = Mapping[ServiceKind, tuple[GenderServed, ...]]
KIND_WORDS: Mapping[ServiceKind, str] = {
    ServiceKind.SURVIVOR: "help for survivors of sexual violence",
    ServiceKind.VICTIM: "support for victims of crime",
    ServiceKind.VIOLENCE: "lines on violence at home or in a relationship",
    ServiceKind.CRISIS: "lines for anyone in a crisis",
    ServiceKind.CHILD: "lines for children and young people",
    ServiceKind.PERPETRATOR_PREVENTION: "help for people who fear what they might do",
}
_STRIPPED: Mapping[StrippedKind, str] = {
    StrippedKind.LINKS: "links",
    StrippedKind.MAIL: "e-mail addresses",
    StrippedKind.HANDLES: "account names and phone numbers",
    StrippedKind.CODES: "long codes",
    StrippedKind.SITES: "names of sites",
}
_FLAGS: Mapping[str, str] = {
    HIDDEN_FIELD_FILLED: "answers in which a field was filled in that people do not see",
    FASTER_THAN_READING: "answers that came faster than anyone can read",
}


def stripped_words(study: Study) -> str:
    """What is taken out of open answers, as a list in words; "" for nothing."""
    return join_names([_STRIPPED[kind] for kind in study.stripped_kinds], ENGLISH)


def country_words(code: str) -> str:
    """The name of a country, or of what is not of one country."""
    return "any country" if code == INTERNATIONAL else territory_names(ENGLISH).get(code, code)


def cleaning_words(cleaning: CleaningSettings) -> tuple[str, ...]:
    """What each rule sets aside, in the order in which the rules apply."""
    return tuple(_cleaning_words(cleaning))


def _cleaning_words(cleaning: CleaningSettings) -> Iterator[str]:
    if cleaning.empty:
        yield "answers in which nothing but consent and age was answered"
    yield from (_FLAGS[flag] for flag in cleaning.flags)
    if cleaning.doubles_from:
        yield f"answers that equal another in everything and have at least {cleaning.doubles_from} answers"
    for questions in cleaning.straight_lines.values():
        yield f"answers that are the same for all of {len(questions)} questions in a row"
    if cleaning.contradictions:
        count = len(cleaning.contradictions)
        yield "answers that contradict themselves" + (f" in one of {count} ways" if count > 1 else "")


def gap_lines(gaps: Sequence[CoverageGap], lacking: Mapping[str, LackingKinds]) -> tuple[str, ...]:
    """Who would find no help, a line each; languages that lack the same share one. `lacking` has the kinds of services
    that are not there, by country."""
    lines = [f"{country_words(code)}: {_kinds_in_words(kinds)}" for code, kinds in lacking.items() if kinds]
    lines += [gap.cause for gap in gaps if not gap.language and not lacking]
    tongues = [language_name(gap.language, ENGLISH) for gap in gaps if gap.language]
    if tongues:
        lines.append(f"no service that a person has checked lately speaks {join_names(tongues, ENGLISH)}")
    return tuple(line.removeprefix("[help] countries names no country, so that ") for line in lines)


def _kinds_in_words(kinds: LackingKinds) -> str:
    said = (
        KIND_WORDS[kind] + ("" if genders == BOTH_GENDERS else f" (for {genders[0]})")
        for kind, genders in kinds.items()
    )
    return ", ".join(said)
