"""The languages that a register says it has are the ones of which it has texts."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.register.check_rules.checked_register import CheckedRegister

CODE = "REGISTER_026"
SOURCE_LANGUAGE = "en"
"""In which a register is written."""


def check(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each language without texts, and a warning for texts whose language is not listed."""
    settings = checked.register.settings
    texts = {path.stem: path.name for path in (checked.folder.path / "languages").glob("*.po")}
    for number, tag in enumerate(settings.languages):
        if tag != SOURCE_LANGUAGE and tag not in texts:
            cause = f"there is no languages/{tag}.po"
            remedy = f"put the texts in {tag} there, or take the language out"
            yield checked.error_problem(CODE, settings, ("languages", number), cause, remedy)
    for tag, name in sorted(texts.items()):
        if tag not in settings.languages:
            place = f"languages/{name}"
            cause = f"{tag} is not among the languages of register.yaml, so nobody is shown these texts"
            remedy = f"add {tag} to languages: once it has been reviewed"
            yield Problem(CODE, place, cause, remedy, Severity.WARNING, file=place)
