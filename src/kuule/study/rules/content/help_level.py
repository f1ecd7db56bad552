"""A study that touches what hurts must not ask without help: `[help] level = "none"` is for studies that are no danger
to anyone, and a person looks at each."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.settings.help_settings import HelpLevel
from kuule.study.settings.study_toml import Audience

CODE = "STUDY_356"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield an error where the study itself says that it can hurt, and a warning where only a person can know."""
    settings = study.settings
    if settings.help.level is not HelpLevel.NONE:
        return
    place = "study.toml, help.level"
    if settings.audience is not Audience.PUBLIC:
        cause = f"it asks {settings.audience} and demands no help for them"
        yield Problem(CODE, place, cause, 'take the line away, or write level = "full"')
    elif settings.answers.sensitive:
        cause = f"it has sensitive questions ({', '.join(settings.answers.sensitive)}) and demands no help"
        yield Problem(CODE, place, cause, 'take the line away, or write level = "full"')
    else:
        cause = "nobody who answers is sure to find a service that a person has checked"
        remedy = "leave it only if no question can put anyone in danger or touch what hurts; have a second person agree"
        yield Problem(CODE, place, cause, remedy, Severity.WARNING)
