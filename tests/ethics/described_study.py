"""The small study as papers describe it, with changed settings and answers, for tests of the papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kuule.ethics.ethics_answers import EthicsAnswers
from kuule.ethics.ethics_questions import SPLIT
from kuule.ethics.paper import EthicsPaper, PaperBlock
from kuule.ethics.paper_templates import ethics_papers
from kuule.ethics.study_facts import PaperSource, StudyFacts, study_facts
from kuule.helplines.directory import Directory
from kuule.languages.markup.markdown import block_tree
from kuule.sealing.share_threshold import ShareThreshold
from kuule.study.folder.study_folder import complete_study_folder, read_study_folder
from tests.study.small_study import HELP, SETTINGS, checked_help, make_study

TODAY = date(2026, 11, 28)
WAY = '\nrouting = ["way"]\n'


@cache
def described_source() -> PaperSource:
    """The study as it is, with help that was checked."""
    settings = SETTINGS.replace('sensitive = ["place", "how_often"]', f'sensitive = ["place", "how_often"]{WAY}') + HELP
    with TemporaryDirectory() as folder:
        gathered = read_study_folder(make_study(Path(folder), settings=settings, support=checked_help("2026-11-01")))
    study = complete_study_folder(gathered)
    return PaperSource(study.settings, study.form, {}, "en", study.support, TODAY)


def ethics_facts(given: Mapping[str, str] | None = None, /, **settings: object) -> StudyFacts:
    """The facts with some settings of study.toml replaced, and these answers of the organisation."""
    own, source = dict(given or {}), described_source()
    split = own.get(SPLIT.key, "")
    threshold = ShareThreshold.from_text(split) if "of" in split else None
    changed = replace(source, study=replace(source.study, **settings))
    return study_facts(changed, EthicsAnswers(own, threshold))


def without_help(facts: StudyFacts) -> StudyFacts:
    """The same where nobody has checked any service."""
    return study_facts(replace(facts.source, directory=Directory(())), facts.answers)


def papers_by_name(facts: StudyFacts) -> dict[str, EthicsPaper]:
    return {paper.name: paper for paper in ethics_papers(facts)}


def words_of(paper: EthicsPaper) -> str:
    """All that a paper says itself, without marks of Markdown: not what is still to be answered."""
    return " ".join(" ".join(filter(None, map(_words, paper.blocks))).split())


def said(given: Mapping[str, str] | None = None, /, **settings: object) -> str:
    """The words of all papers."""
    return " ".join(words_of(paper) for paper in ethics_papers(ethics_facts(given, **settings)))


def _words(block: PaperBlock) -> str:
    if block.table is not None:
        return " ".join([block.table.caption, *block.table.head, *(cell for row in block.table.rows for cell in row)])
    return _words_in(block.text)


@cache
def _words_in(text: str) -> str:
    """Kept, since most papers say most of it."""
    return " ".join(_texts(block_tree(text)))


def _texts(nodes: object) -> list[str]:
    found: list[str] = []
    for node in nodes if isinstance(nodes, list) else []:
        apart = node["kind"] in {"paragraph", "item", "heading"}
        inside = _texts(node.get("children", []))
        own = [str(node["text"])] if node["kind"] in {"text", "code"} else []
        found += [" " if node["kind"] == "break" else "", *own, *inside, " " if apart else ""]
    return ["".join(found)]
