"""The translations that Kuule ships: the interface of its sites, the words of its reports, the words that judge.

Three folders of data; nothing else knows where they lie."""

from __future__ import annotations

from pathlib import Path
from typing import Final

INTERFACE: Final = Path(__file__).parent / "interface"
"""What both sites say to respondents: `interface.pot` and a PO file a language."""
REPORT: Final = Path(__file__).parent / "report"
"""What a published report says by itself: `interface.pot` and a PO file a language."""
VERDICTS: Final = Path(__file__).parent / "verdicts"
"""Words that judge a person, a CSV a language: no text for respondents holds one."""
