"""What is said of backups where an answer can be withdrawn, and where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.collector.pages.privacy_promise import promise_sections
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.served.served_editions import load_editions
from tests.study.small_study import SETTINGS, make_edition

BACKED_UP = {
    "en": ("backups of this site may still hold them", "unless nothing shows any more that they were withdrawn"),
    "sv": ("finnas kvar en tid i säkerhetskopior", "utom om inget längre visar att de drogs tillbaka"),
    "ar": ("قد تبقى مدة من الوقت في النسخ الاحتياطية", "إلا إذا لم يعد هناك ما يدلّ على أنها سُحبت"),
}
LIMITS = 4
"""The number of the section with what the promise does not reach."""


@pytest.mark.parametrize("tag", sorted(BACKED_UP))
@pytest.mark.parametrize(
    ("coming_back", "said"),
    [("", False), ("pause_days = 14\n", False), ("withdraw_until = 2027-06-30\n", True)],
    ids=["nothing", "pausing", "withdrawing"],
)
def test_backups_are_a_limit_where_something_can_be_withdrawn(
    tmp_path: Path, tag: str, coming_back: str, said: bool
) -> None:
    """A backup from before has the sealed answer, and a restored store forgets it only by an archive from after."""
    make_edition(tmp_path, settings=SETTINGS + "\n[coming_back]\n" + coming_back)
    served = load_editions(ServeOptions((tmp_path / "edition",), "", rehearsal=True, drafts=True)).current
    sections = promise_sections(served, served.languages[tag], scrubbed=True)
    told = [[part in " ".join(section.sentences) for part in BACKED_UP[tag]] for section in sections]
    assert told == [[said and number == LIMITS] * 2 for number in range(len(sections))]
