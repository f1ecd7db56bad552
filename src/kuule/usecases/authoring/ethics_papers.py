"""Making the papers for an ethics board, from a study folder or an edition, and the file for what only its organisation
can answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.files import write_together
from kuule.core.problems import Problem, StudyError, raise_errors
from kuule.core.suggestions import did_you_mean
from kuule.ethics.ethics_answers import ETHICS_FILE, EthicsError, begin_ethics_file, read_ethics_answers
from kuule.ethics.ethics_questions import EthicsQuestion
from kuule.ethics.paper import EthicsPaper
from kuule.ethics.paper_html import paper_html
from kuule.ethics.paper_pdf import paper_pdf
from kuule.ethics.paper_templates import ethics_papers
from kuule.ethics.paper_words import ENGLISH
from kuule.ethics.study_facts import PaperSource, study_facts
from kuule.study.edition.study_edition import read_edition
from kuule.study.folder.study_folder import StudyFolder, complete_study_folder, read_study_folder
from kuule.study.settings.study_toml import Study, read_settings

PAPER_LANGUAGES = (ENGLISH,)
"""In which the papers' own words are."""


@dataclass(frozen=True, slots=True)
class WrittenPapers:
    """The files; what the organisation has still to answer, each once; and whether its file was begun just now."""

    files: tuple[Path, ...]
    blanks: tuple[EthicsQuestion, ...]
    begun: bool


def write_ethics_papers(
    study: Path, to: Path, *, edition: Path | None = None, language: str = ENGLISH, today: date
) -> WrittenPapers:
    """Write each paper as HTML and PDF into the folder `to`. Without `edition` they are of the study folder as it is.

    Raises StudyError (the study or the edition cannot be read), and EthicsError ETHICS_003 (a language that the papers
    do not have), ETHICS_004 (an edition of another study), and as `read_ethics_answers` and `paper_pdf`.
    """
    if language not in PAPER_LANGUAGES:
        cause = f"the papers have no words in {language!r}, only in English"
        remedy = did_you_mean(language, PAPER_LANGUAGES, "leave --language out", written="{}")
        raise EthicsError(Problem("ETHICS_003", "--language", cause, remedy))
    source = _of_folder(study, today) if edition is None else _of_edition(study, edition, today)
    begun = begin_ethics_file(study)
    papers = ethics_papers(study_facts(source, read_ethics_answers(study)))
    contents = {to / name: content for paper in papers for name, content in _files(paper).items()}
    to.mkdir(parents=True, exist_ok=True)
    write_together(contents)
    blanks = dict.fromkeys(question for paper in papers for question in paper.blanks)
    return WrittenPapers(tuple(contents), tuple(blanks), begun)


def _files(paper: EthicsPaper) -> Mapping[str, bytes]:
    return {f"{paper.name}.html": paper_html(paper).encode(), f"{paper.name}.pdf": paper_pdf(paper)}


def _of_folder(path: Path, today: date) -> PaperSource:
    gathered = read_study_folder(path)
    raise_errors(gathered.problems, StudyError)
    study = complete_study_folder(gathered)
    tag = _language_of_texts(study.settings)
    return PaperSource(
        study=study.settings,
        form=study.form,
        texts=_texts(study, tag),
        tag=tag,
        directory=study.support,
        today=today,
        has_media=bool(study.form.media()),
    )


def _texts(study: StudyFolder, tag: str) -> Mapping[str, str]:
    """The texts as translated; nothing in the source language, whose texts are in the form and the settings."""
    catalogue = study.catalogues.get(tag)
    return {} if catalogue is None else {key: entry.text for key, entry in catalogue.entries.items() if entry.text}


def _of_edition(study: Path, path: Path, today: date) -> PaperSource:
    edition = read_edition(path)
    own = read_settings(study).id
    if edition.study.id != own:
        cause = f"it is of the study {edition.study.id!r}, and {ETHICS_FILE} is of {own!r}"
        raise EthicsError(Problem("ETHICS_004", str(path), cause, "give an edition of this study, or its folder"))
    tag = _language_of_texts(edition.study)
    return PaperSource(
        study=edition.study,
        form=edition.form,
        texts=edition.texts(tag),
        tag=tag,
        directory=edition.support,
        today=today,
        key=edition.key,
        edition=edition.id,
        has_media=bool(edition.media),
    )


def _language_of_texts(study: Study) -> str:
    """English where the study has it, like the papers; else the language that it was written in."""
    return ENGLISH if ENGLISH in study.languages else study.source_language
