"""The translations that Kuule ships: the interface of its sites, the words of its reports, of a register's pages, of
the page about time limits, of what is published from a release, of the pages of partners and of the kit that they
spread, of the workbench, of the demo's first page, what is read in place of words that were taken out, and lists of
judging words. Eleven folders of data; only this module knows where they are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

INTERFACE: Final = Path(__file__).parent / "interface"
"""What both sites say to respondents: `interface.pot` and one PO file per language."""
REPORT: Final = Path(__file__).parent / "report"
"""Kuule's own words in a published report: `interface.pot` and one PO file per language."""
REGISTER: Final = Path(__file__).parent / "register"
"""Kuule's own words on the pages of a register of law: `interface.pot` and one PO file per language."""
REPORTING: Final = Path(__file__).parent / "reporting"
"""What the page "Until when can I report?" says: `interface.pot` and one PO file per language that has them all."""
NETWORK: Final = Path(__file__).parent / "network"
"""Kuule's own words on the pages of a study's partners: `interface.pot` and one PO file per language."""
PUBLICATION: Final = Path(__file__).parent / "publication"
"""What is around the numbers of a release, on its public pages, in its files and briefs: `interface.pot` and one PO
file per language."""
KIT: Final = Path(__file__).parent / "kit"
"""What posters, cards, pictures and mails about a survey say: `interface.pot` and one PO file per language."""
REDACTION: Final = Path(__file__).parent / "redaction"
"""What is read in an open answer where words were taken out of it: `interface.pot` and one PO file per language."""
WORKBENCH: Final = Path(__file__).parent / "workbench"
"""What the partners' site says to its members: `interface.pot` and one PO file per language."""
TOUR: Final = Path(__file__).parent / "tour"
"""What the first page of the demo says: `interface.pot` and one PO file per language."""
VERDICTS: Final = Path(__file__).parent / "verdicts"
"""Words that judge a person, one CSV file per language. No text for respondents contains one."""
