"""Which model of names a folder has: a spaCy pipeline or a GLiNER model. Nothing is looked for anywhere else."""

from __future__ import annotations

from pathlib import Path

from kuule.qualitative.identifiers.gliner_model import GLINER_CONFIG, load_gliner_model
from kuule.qualitative.identifiers.name_model import NameModel
from kuule.qualitative.identifiers.spacy_model import load_spacy_model


def load_name_model(folder: Path) -> NameModel:
    """The model in a folder. Raises ProjectError PROJECT_040 (there is none), PROJECT_041 (its library is not
    installed), PROJECT_042 (it does not load, or finds nothing that is redacted)."""
    if (folder / GLINER_CONFIG).is_file():
        return load_gliner_model(folder)
    return load_spacy_model(folder)
