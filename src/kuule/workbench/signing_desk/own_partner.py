"""Which partner of the study a member's organisation is: the one with its name.

Only the name counts. Links belong to an organisation because a coordinator ticked them, which is enough to show counts
and too little to sign with.
"""

from __future__ import annotations

from collections.abc import Mapping

from kuule.study.folder.partner_files import StudyPartner, read_study_partners
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.roles import Member


def partner_of_member(member: Member) -> StudyPartner | None:
    """The partner, or None where no file of partners/ has the organisation's name, or two have. Raises StudyError."""
    return partner_of_name(member.organisation)


def partner_of_name(organisation: str) -> StudyPartner | None:
    """The partner that has an organisation's name, or None as above. Raises StudyError."""
    partners: Mapping[str, StudyPartner] = read_study_partners(running_site().study_folder)
    found = [one for one in partners.values() if _plain(one.name) == _plain(organisation)]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
