"""A partner's link has to work: what is printed with a link that is off counts nobody for whom it was made."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.core.suggestions import did_you_mean
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_383"
OFF_CODE = "STUDY_384"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each link that the study does not have, and a warning where all links are off."""
    links = study.settings.links
    for partner in study.partners.values():
        place = f"{partner.file}, links"
        for link in partner.links:
            if link not in links.partners:
                remedy = did_you_mean(link, links.partners, f'add {link} = "{partner.name}" to [links.partners]')
                yield Problem(CODE, place, f"the study has no link {link!r}", remedy, file=partner.file)
        if partner.links and not links.on:
            cause, remedy = "the links of the study are off", "set on = true in [links], or take the links out here"
            yield Problem(OFF_CODE, place, cause, remedy, Severity.WARNING, file=partner.file)
