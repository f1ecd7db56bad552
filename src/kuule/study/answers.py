"""May the languages open? The one answer (`may_open`) for each language of a study's folder, and of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kuule.errors import Problem, Severity
from kuule.languages.shipped_words import SOURCE_LANGUAGE, shipped, shipped_sources, source_state
from kuule.languages.states import State
from kuule.languages.texts import Catalogue
from kuule.study.edition import Edition
from kuule.study.folder import Gathered, sources_of
from kuule.study.may_open import Answer, Lacks, lacks_of, lacks_of_source, may_open
from kuule.study.report_text import is_of_survey
from kuule.support.directory import Directory


def answers_of_folder(gathered: Gathered, problems: Iterable[Problem], today: date) -> tuple[Answer, ...]:
    """For each language of a study as its folder is now, the source first; `problems` are those of `check_gathered`.
    Without settings or a form there is nothing to say."""
    settings, form = gathered.settings, gathered.form
    if settings is None or form is None:
        return ()
    support = gathered.support or Directory(())
    demanded, source = settings.opening_state, settings.languages[settings.source_language]
    refused = refused_keys(problems)
    texts = sum(is_of_survey(one.key) for one in sources_of(settings, form, gathered.report))
    answers = []
    for tag in settings.languages:
        catalogue = gathered.catalogues.get(tag)
        if tag == source.tag:
            lacks = lacks_of_source(texts, source.state, demanded)
        elif catalogue is None:
            lacks = lacks_of_source(texts, State.UNTRANSLATED, demanded)
        else:
            lacks = lacks_of(catalogue.part(is_of_survey), demanded, refused.get(f"languages/{tag}.po", ()))
        words = lacks_of_words(tag, gathered.words, demanded, refused.get(f"languages/kuule/{tag}.po", ()))
        answers.append(may_open(settings, tag, lacks, words, support, today))
    return tuple(answers)


def answers_of_edition(edition: Edition, today: date) -> tuple[Answer, ...]:
    """For each language of an edition, the source first, from what was frozen and the services of today.

    An edition of format 1 has no words of Kuule in it: those of the package are counted, which its pages say.
    """
    study = edition.study
    answers = []
    for tag, status in edition.statuses.items():
        frozen = status.lacks
        texts = status.state if frozen is None else frozen.texts
        words = lacks_of_words(tag, {}, study.opening_state) if frozen is None else frozen.words
        answers.append(may_open(study, tag, texts, words, edition.support, today))
    return tuple(answers)


def lacks_of_words(tag: str, words: Mapping[str, Catalogue], demanded: State, refused: Iterable[str] = ()) -> Lacks:
    """What Kuule's own words lack in a language: `words` are a study's, else they are the shipped ones."""
    if tag == SOURCE_LANGUAGE:
        return lacks_of_source(len(shipped_sources()), source_state()[0], demanded)
    return lacks_of(words.get(tag) or shipped(tag), demanded, refused)


def refused_keys(problems: Iterable[Problem]) -> dict[str, list[str]]:
    """The keys of texts that a check refuses, each once, by the file that the place of a problem names."""
    found: dict[str, dict[str, None]] = {}
    for problem in problems:
        file, _, key = problem.place.partition(", ")
        if problem.severity is Severity.ERROR and file.startswith("languages/") and key:
            found.setdefault(file, {})[key] = None
    return {file: [*keys] for file, keys in found.items()}
