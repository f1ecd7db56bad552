"""Each adaptation in study.toml must be of a text that the study has, in a language that it is translated into."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_351"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each unknown key or language. With a misspelt one the checks would stay on, and the codebook
    would lack the reason."""
    known = {key for catalogue in study.catalogues.values() for key in catalogue.entries}
    for key, reasons in study.settings.adaptations.items():
        place = f'study.toml, adaptations."{key}"'
        if known and key not in known:
            remedy = did_you_mean(key, known, "write the msgctxt that the PO files have", written="{}")
            yield Problem(CODE, place, "the study has no such text to translate", remedy)
        for tag in reasons:
            if tag not in study.settings.languages:
                yield Problem(CODE, place, f"the study does not offer {tag!r}", "name a language of [languages]")
            elif tag == study.settings.source_language:
                cause = "the source language has nothing to differ from"
                yield Problem(CODE, place, cause, "change the form itself")
