"""The words of a report: its text in each language, from the dataset, a study folder or beside the ledger.

People write the text of a report after they have seen the numbers, long after the dataset was locked. So `--text` takes
it from the study folder as it is now. Questions, answers and names of groups are always those of the dataset, as asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.problems import Problem, PublishingError, StudyError
from kuule.core.suggestions import did_you_mean
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.disclosure.query_budget import requests_within_budget
from kuule.disclosure.thresholds import disclosure_rules
from kuule.publishing.report_catalogue import words_for
from kuule.publishing.template.default_template import report_template
from kuule.publishing.template.template_parts import ReportTemplate, TemplateFigure
from kuule.publishing.template.template_reader import check_template
from kuule.publishing.template.translated_template import draft_banner, translate_template, translation_states
from kuule.publishing.view.report import template_quote_problems
from kuule.publishing.view.report_identity import ReportIdentity, report_identity
from kuule.study.edition.report_languages import ReportLanguages, languages_from_table, languages_table
from kuule.study.folder.report_folder import read_report_folder, refused_report_texts
from kuule.study.folder.report_translations import report_translations
from kuule.tables.wording import Wording

ALL_LANGUAGES = "all"


@dataclass(frozen=True, slots=True)
class TranslatedReport:
    """The text of a report and its translations. `text` is that of report.md; `languages` has the translated texts of
    each language."""

    text: str
    languages: ReportLanguages

    @property
    def hash(self) -> str:
        """The SHA-256 in the ledger: of the text, its translations, and who made them."""
        return sha256(self.content).hexdigest()

    @property
    def content(self) -> bytes:
        table = {"report": self.text, "languages": languages_table(self.languages)}
        return json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class LocalisedTemplate:
    """What a report is rendered from in one language. `draft` is the key of its banner, or ""."""

    wording: Wording
    template: ReportTemplate
    draft: str
    identity: ReportIdentity


def read_translated_report(dataset: Dataset, folder: Path | None = None) -> TranslatedReport:
    """The words in a dataset or, if a study folder is given, those in the folder.

    Raises PublishingError REPORT_052 if the folder is of another study, and StudyError if its report or the
    translations cannot be read or are refused by the checks.
    """
    if folder is None:
        return TranslatedReport(dataset.report, dataset.languages)
    gathered = read_report_folder(folder)
    settings = gathered.settings
    if settings is None:
        raise StudyError(*gathered.problems)
    if settings.id != dataset.study.id:
        cause = f"it is the folder of {settings.id!r}, and the dataset is of {dataset.study.id!r}"
        raise PublishingError(Problem("REPORT_052", str(folder), cause, "give the folder of this study"))
    refused = refused_report_texts(gathered)
    if refused:
        raise StudyError(*refused)
    texts = {tag: report_translations(catalogue) for tag, catalogue in gathered.catalogues.items()}
    languages = {tag: replace(one, texts=texts.get(tag, {})) for tag, one in dataset.languages.items()}
    return TranslatedReport(gathered.report or "", languages)


def chosen_languages(asked: tuple[str, ...], dataset: Dataset) -> tuple[str, ...]:
    """The languages that are asked for, each once; if none is, the source. Raises PublishingError REPORT_050."""
    known = dataset.codebook.languages
    if not asked:
        return (dataset.info.source_language,)
    wanted = known if ALL_LANGUAGES in asked else tuple(dict.fromkeys(asked))
    problems = []
    for tag in wanted:
        if tag not in known:
            remedy = did_you_mean(tag, known, f"name one of {', '.join(known)}, or {ALL_LANGUAGES}")
            cause = f"the study was not asked in {tag!r}"
            problems.append(Problem("REPORT_050", f"--language {tag}", cause, remedy))
    if problems:
        raise PublishingError(*problems)
    return wanted


def localised_templates(
    words: TranslatedReport, tags: tuple[str, ...], dataset: Dataset, *, drafts: bool
) -> Mapping[str, LocalisedTemplate]:
    """What a report is rendered from, by language.

    Raises PublishingError REPORT_001 to REPORT_008 (the text), and REPORT_051 if real answers would be reported in a
    language whose words are a draft, unless `drafts`.
    """
    made = {tag: _in_language(words, tag, dataset) for tag in tags}
    if not (drafts or dataset.info.rehearsal):
        problems = [_draft(tag, one.draft) for tag, one in made.items() if one.draft]
        if problems:
            raise PublishingError(*problems)
    return made


def _in_language(words: TranslatedReport, tag: str, dataset: Dataset) -> LocalisedTemplate:
    wording, source = dataset.wording(tag), dataset.info.source_language
    template, ours, language = translated_template(words, wording, dataset), words_for(tag), words.languages[tag]
    if problems := (*check_template(template, wording), *template_quote_problems(template, None)):
        raise PublishingError(*problems)
    made = [(ours.state, ours.origin), (language.state, language.origin)]
    if tag != source:
        template = translate_template(template, language.texts, source)
        made += translation_states(template, language.texts)
    draft = draft_banner(made, dataset.study.opening_state)
    return LocalisedTemplate(wording, template, draft, report_identity(dataset.study.identity))


def translated_template(words: TranslatedReport, wording: Wording, dataset: Dataset) -> ReportTemplate:
    """The template of a report's text. If nobody wrote a text, the template leaves out the figures that would put a
    question over its query budget."""
    template = report_template(words.text, wording)
    if not template.is_default:
        return template
    rules = disclosure_rules(dataset.study, dataset.codebook.rests_on, dataset.codebook.versions)
    kept = set(requests_within_budget(template.requests, rules))
    parts = (part for part in template.parts if not isinstance(part, TemplateFigure) or part.request in kept)
    return replace(template, parts=tuple(parts))


def _draft(tag: str, draft: str) -> Problem:
    who = "a machine made some of its words, and nobody has checked them" if draft == "draft_machine" else ""
    cause = who or "some of its words are a draft that nobody has reviewed"
    remedy = "have a person review them, or add --drafts, which says so at the top of the report"
    return Problem("REPORT_051", f"--language {tag}", cause, remedy)


def keep_report_text(words: TranslatedReport, ledger: Path) -> None:
    """Keep words that are in no dataset beside the ledger, so that the same report can be made again."""
    file = _kept(words.hash, ledger)
    if not file.is_file():
        file.parent.mkdir(mode=0o700, exist_ok=True)
        write_atomically(file, words.content, mode=0o600)


def find_noted_report(noted: str, dataset: Dataset, ledger: Path) -> TranslatedReport | None:
    """The words with this hash, from the dataset or from those kept beside the ledger; None if neither has them."""
    own = read_translated_report(dataset)
    if own.hash == noted:
        return own
    try:
        table = json.loads(_kept(noted, ledger).read_bytes())
        words = TranslatedReport(table["report"], languages_from_table(table["languages"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return words if words.hash == noted else None


def _kept(noted: str, ledger: Path) -> Path:
    return ledger.with_name(f"{ledger.stem.removesuffix('.releases')}.report-texts") / f"{noted}.json"
