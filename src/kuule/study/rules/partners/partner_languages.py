"""A partner's languages are languages of the study: in another one, there would be nothing for it to spread."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.core.suggestions import did_you_mean
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_381"
NONE_CODE = "STUDY_382"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each language that the study does not have, and a warning for a partner without any."""
    known = study.settings.languages
    for partner in study.partners.values():
        place = f"{partner.file}, languages"
        for tag in partner.languages:
            if tag not in known:
                remedy = did_you_mean(tag, known, f"use some of {', '.join(known)}, or add it to [languages]")
                yield Problem(CODE, place, f"the study is not offered in {tag!r}", remedy, file=partner.file)
        if not partner.languages:
            cause = "the partner has no language, so that there is no kit and no text for it"
            remedy = f"name those that it works in, of {', '.join(known)}"
            yield Problem(NONE_CODE, place, cause, remedy, Severity.WARNING, file=partner.file)
