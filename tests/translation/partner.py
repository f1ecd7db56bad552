"""A small study and what a translator does to its files, for the tests of this package."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from kuule.languages.workflow.entries import Catalogue, Entry
from kuule.languages.workflow.states import TextOrigin
from kuule.languages.workflow.workflow_steps import TakenStep, WorkflowStep
from kuule.translation.text_sets.study_text_set import read_study_texts
from tests.study.small_study import FORM, make_study

DAY = "2026-11-24"
YES, TITLE = "choice:yes_no/yes:label", "study:title"
HINT = "form:/data/about/page_about/age_band:hint"
AGE = "form:/data/about/page_about/age_band:label"

SCRIPTS = ("LATIN", "ÅÄÖéß", "مرحبا؟", "שלום", "Привіт", "Ελλάδα", "你好。", "नमस्ते", "ไทย", "👋🏽", "İı")
MARKS = ("\u200f", "\u200e", "\u061c", "\u2067", "\u2069", "\u00a0", "\u2028", "\u2029", "\x85", "\u200b", "\ufeff")
SIGNS = ('"', "'", "\\", "%s", "#", "#~", "<", "<b>", "&amp;", "|", "{", "${", "=1+1", "_x000D_", "-", " ", "\t", "\n")
_LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
WORDS = st.lists(st.sampled_from((*SCRIPTS, *MARKS, *SIGNS)) | _LETTERS, min_size=1)
TEXTS = WORDS.map("".join)
"""Texts as nobody writes them, and as somebody will."""


def taken(
    step: WorkflowStep = WorkflowStep.DRAFT, by: str = "translator", origin: TextOrigin = TextOrigin.PERSON
) -> TakenStep:
    return TakenStep(step, by, DAY, origin)


def study_in(folder: Path, **parts: object) -> Path:
    """The small study, in Swedish and Arabic drafts by a machine."""
    return make_study(folder / "study", form=str(parts.pop("form", FORM)), **parts)  # type: ignore[arg-type]


def catalogue(study: Path, tag: str = "sv") -> Catalogue:
    return read_study_texts(study).catalogues[tag]


def entry(study: Path, key: str, tag: str = "sv") -> Entry:
    return catalogue(study, tag).entries[key]
