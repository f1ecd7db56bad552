"""What to do about a problem, for somebody who has the workbench and no terminal.

A check says remedies for whoever has the folder of the study. Where another act is the one to do here, the table has
it; else it is said who can. The questionnaire, the report's text, the services that help, the settings and the texts of
translators are changed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kuule.core.problems import Problem

_COMMAND = re.compile(r"\bkuule (?:[a-z]|…)")
_FILES_ELSEWHERE = ("rehearsal.toml", "analysis.toml", "glossary.csv", "keys.toml", "ethics.toml")
"""Files of a study that only somebody with its folder changes."""
_ADMINISTRATOR = "whoever administers this workbench"
REMEDIES_BY_CODE: Mapping[str, str] = {
    "STUDY_005": f"ask {_ADMINISTRATOR} to begin the language, or to take it out of study.toml; once it is begun, its "
    "texts are translated here, under Translations",
    "STUDY_010": f"ask {_ADMINISTRATOR} to have the register of law checked and mended",
    "STUDY_101": f"ask {_ADMINISTRATOR} to put the study's folder in order: every study has this file",
    "STUDY_315": "have a person call each service, and write who it was and when beside it, under Services that help; "
    "or waive the kind in the settings, in [help.waivers]",
    "STUDY_374": f"ask {_ADMINISTRATOR} to take the words of this column in; or translate them here, under "
    "Translations, and take the column out",
}
"""By the code of a problem whose remedy is a command: what to do without one."""


def desk_remedy(problem: Problem) -> str:
    """The remedy of a problem for somebody at the lead's desk."""
    if _COMMAND.search(problem.remedy):
        return REMEDIES_BY_CODE.get(problem.code, f"ask {_ADMINISTRATOR}: {problem.remedy}")
    elsewhere = [name for name in _FILES_ELSEWHERE if name in problem.remedy or name in problem.place]
    if not elsewhere or _ADMINISTRATOR in problem.remedy:
        return problem.remedy
    return f"{problem.remedy.rstrip('.')} ({elsewhere[0]} is not changed at this desk: ask {_ADMINISTRATOR})"


def for_the_desk(problem: Problem) -> Problem:
    """The problem with that remedy."""
    return replace(problem, remedy=desk_remedy(problem))
