"""No text of a study turns the direction of what stands after it: a translation may not (LANG_013), and what it is
translated from is shown in its place until then.

Programs for writing put such characters around Arabic or Hebrew words, and a text that is copied from there has them,
unseen. A page then reads *kcab* for *back*, up to its end. A control character is found with them.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.helplines.service import SourceTrust
from kuule.languages.checks.contact_checks.invisible_characters import control_findings, direction_findings
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_396"

_TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each text of the source language, of the report and of the study's own services that has such
    a character."""
    for place, text in _written_texts(study):
        for found in (*direction_findings(text), *control_findings(text)):
            yield Problem(CODE, place, found.cause, f"{found.remedy}: delete the text and type it anew")


def _written_texts(study: CheckedStudy) -> Iterator[tuple[str, str]]:
    for row in study.questionnaire.rows:
        for column in _TEXTS:
            yield f"{row.place}, {column}", row.cells.get(column, "")
    for choice in study.questionnaire.choices:
        yield f"{choice.place}, label", choice.label
    for source in study.settings.sources:
        yield f"study.toml, {source.key.removeprefix('study:').replace('/', '.')}", source.text
    for number, line in enumerate(study.report.splitlines(), 1):
        yield f"report.md, line {number}", line
    for service in study.support.services:
        if service.trust is SourceTrust.STUDY:
            shown = (service.name, service.phone, service.hours, service.audience_note)
            yield f"support.csv, {service.country} {service.name}", "\n".join(shown)
