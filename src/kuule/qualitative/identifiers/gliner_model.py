"""A GLiNER model from a folder on this machine, as a model of names. It is asked for kinds by their English names, in
whatever language it was trained on.

GLiNER would fetch what a folder lacks: so its libraries are told beforehand that there is no network, and a folder
without its own tokenizer is refused before they are asked. Load only a folder from somebody you trust.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.project_model.project_problems import project_error
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory

GLINER_CONFIG = "gliner_config.json"
"""By this file a folder is one of GLiNER's."""
_TOKENIZER = "tokenizer_config.json"
_NO_NETWORK = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
_KINDS = {
    "person": IdentifierCategory.PERSON, "place": IdentifierCategory.PLACE,
    "organization": IdentifierCategory.ORGANISATION, "date": IdentifierCategory.DATE,
}  # fmt: skip
"""What it is asked for."""
_LIKELY = 0.5
_WORDS = re.compile(r"\S+")
_OVERLAP = 20
_FEWEST = 40


@dataclass(frozen=True)
class GlinerModel:
    """A loaded model. No folder of GLiNER's says which languages it knows, so it is asked about texts of any."""

    name: str
    model: Any
    words: int
    """So many are read at once: of more, GLiNER leaves out the end without a word."""

    @property
    def categories(self) -> frozenset[IdentifierCategory]:
        return frozenset(_KINDS.values())

    def knows(self, language: str) -> bool:
        return True

    def find(self, words: str) -> Iterator[FoundSpan]:
        for start, piece in self._pieces(words):
            for found in self.model.predict_entities(piece, list(_KINDS), threshold=_LIKELY):
                begin, end = start + int(found["start"]), start + int(found["end"])
                if end > begin:
                    yield FoundSpan(begin, end, _KINDS[found["label"]], f"model:{self.name}")

    def _pieces(self, words: str) -> Iterator[tuple[int, str]]:
        spans = [one.span() for one in _WORDS.finditer(words)]
        for first in range(0, max(1, len(spans) - _OVERLAP), self.words - _OVERLAP):
            if part := spans[first : first + self.words]:
                yield part[0][0], words[part[0][0] : part[-1][1]]


def load_gliner_model(folder: Path) -> GlinerModel:
    """Load a model that somebody put into a folder.

    Raises ProjectError PROJECT_040 (the folder has no tokenizer of its own), PROJECT_041 (GLiNER is not installed),
    PROJECT_042 (it does not load here).
    """
    if not (folder / GLINER_CONFIG).is_file() or not (folder / _TOKENIZER).is_file():
        cause = f"it is no folder with a GLiNER model: {GLINER_CONFIG} and {_TOKENIZER} are not both in it"
        remedy = "save the model with its tokenizer (`save_pretrained`) where a network is, and give that folder"
        raise project_error("PROJECT_040", f"model {folder}", cause, remedy)
    if find_spec("gliner") is None:
        raise project_error("PROJECT_041", f"model {folder}", "GLiNER is not installed here", "pip install gliner")
    os.environ.update(_NO_NETWORK)  # read once, when its libraries are imported
    gliner = import_module("gliner")  # slow, and only where somebody has a model
    try:
        model = gliner.GLiNER.from_pretrained(str(folder), local_files_only=True, map_location="cpu")
        model.eval()
        words = max(_FEWEST, int(model.config.max_len) // 2)
    except (OSError, ValueError, ImportError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        cause = f"GLiNER cannot load it ({type(error).__name__})"
        remedy = "take one that was saved whole, by this version of GLiNER"
        raise project_error("PROJECT_042", f"model {folder}", cause, remedy) from error
    return GlinerModel(folder.name, model, words)
