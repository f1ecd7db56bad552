"""A spaCy pipeline from a folder on this machine, as a model of names. spaCy loads what is in the folder and nothing
else: a name that is no folder is refused before spaCy is asked, so that nothing is looked for anywhere else.

Load only a folder from somebody you trust: a pipeline may bring code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.project_model.project_problems import project_error
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory

_LABELS = {
    "PERSON": IdentifierCategory.PERSON, "PER": IdentifierCategory.PERSON, "PRS": IdentifierCategory.PERSON,
    "persName": IdentifierCategory.PERSON, "LOC": IdentifierCategory.PLACE, "GPE": IdentifierCategory.PLACE,
    "FAC": IdentifierCategory.PLACE, "placeName": IdentifierCategory.PLACE, "geogName": IdentifierCategory.PLACE,
    "ORG": IdentifierCategory.ORGANISATION, "orgName": IdentifierCategory.ORGANISATION, "DATE": IdentifierCategory.DATE,
}  # fmt: skip
"""The labels of spaCy's own pipelines; others are left out."""


@dataclass(frozen=True)
class SpacyModel:
    """A loaded pipeline. It is asked about texts of the one language that it was made for."""

    name: str
    language: str
    pipeline: Any

    @property
    def categories(self) -> frozenset[IdentifierCategory]:
        labels = {label for pipe in self.pipeline.pipe_labels.values() for label in pipe}
        return frozenset(_LABELS[label] for label in labels if label in _LABELS)

    def knows(self, language: str) -> bool:
        return language.partition("-")[0] == self.language

    def find(self, words: str) -> Iterator[FoundSpan]:
        for entity in self.pipeline(words).ents:
            category = _LABELS.get(entity.label_)
            if category is not None and entity.end_char > entity.start_char:
                yield FoundSpan(entity.start_char, entity.end_char, category, f"model:{self.name}")


def load_spacy_model(folder: Path) -> SpacyModel:
    """Load a pipeline that somebody put into a folder.

    Raises ProjectError PROJECT_040 (no folder with a pipeline), PROJECT_041 (spaCy is not installed), PROJECT_042 (it
    does not load here, or looks for nothing that is redacted).
    """
    if not (folder / "config.cfg").is_file() or not (folder / "meta.json").is_file():
        cause = (
            "it is no folder with a spaCy pipeline (config.cfg and meta.json) or a GLiNER model (gliner_config.json)"
        )
        raise project_error(
            "PROJECT_040", f"model {folder}", cause, "give the folder itself; a model's name is not looked up"
        )
    if find_spec("spacy") is None:
        raise project_error("PROJECT_041", f"model {folder}", "spaCy is not installed here", "pip install spacy")
    spacy = import_module("spacy")  # slow, and only where somebody has a model
    try:
        pipeline = spacy.load(folder)
    except (OSError, ValueError, ImportError, KeyError, TypeError) as error:
        cause = f"spaCy cannot load it ({type(error).__name__})"
        raise project_error(
            "PROJECT_042", f"model {folder}", cause, "take one that was made for this version of spaCy"
        ) from error
    model = SpacyModel(folder.name, pipeline.lang, pipeline)
    if not model.categories:
        cause = "it looks for no people, places, organisations or dates"
        raise project_error("PROJECT_042", f"model {folder}", cause, "take one with named entities")
    return model
