"""Which files of tests run in one process, those that share what takes long to start; and which begin first."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadFileScheduling

TESTS = Path(__file__).resolve().parent
SHARED = {
    "a Firefox": re.compile(r"""\bone_firefox\b|\bfirefox: |"firefox"[],)]"""),
    "a cluster": re.compile(r"\Atests/store/postgresql/(?s:.*)\bdef test_\w+\(\s*cluster\b"),
    "a PostgreSQL": re.compile(r"\Atests/store/(?s:.*)\bdef test_\w+\((kept|postgresql|server)\b"),
    "a workbench": re.compile(r"\Atests/workbench/(?!(?s:.*)\ndef site\()(?s:.*)\bdef test_\w+\(\s*site: Workbench"),
    "the lead's desk": re.compile(r"\Atests/workbench/study_desk/"),
    "the translators' desk": re.compile(r"\Atests/workbench/translation_desk/"),
    "the register's desk": re.compile(r"\Atests/workbench/register_desk/"),
    "the shelf of releases": re.compile(r"\Atests/workbench/release_desk/"),
    "a desk of kits": re.compile(r"\bdef test_\w+\(\s*kit_desk: KitDesk"),
    "a desk of statements": re.compile(r"\bdef test_\w+\(\s*desk: SigningDesk"),
    "the sites of registers": re.compile(
        r"\Atests/register/site/(?s:.*)\bdef test_\w+\([^)]*\b(site|small|translated)\b"
    ),
    "the syntax of the package": re.compile(
        r"from tests\.architecture\.sources import [^\n]*\b(imports|nodes|tree)_of\b"
    ),
    "a Debian package": re.compile(r"\bkept_package\(|\bdeployed\(HOST, "),
    "the study that ships": re.compile(
        r"\Atests/studies/|"
        r'\Atests/(study|languages)/(?s:.*)\(STUDIES / (name|study)\b|\Atests/study/(?s:.*)"studies" / "our-voice"'
    ),
}
"""What is shared, and how a file asks for it, after its address. A Chromium is not: each process has one if it needs
it, which starts in a second, and all files that need one would be half of what there is to do, in one process."""


class SharingScheduling(LoadFileScheduling):
    """As `--dist loadfile`, but files that share something go to one process, one after the other."""

    def _split_scope(self, nodeid: str) -> str:
        return shared_by(nodeid.partition("::")[0])


@cache
def shared_by(file: str) -> str:
    """What a file shares with others, by its address in the checkout; the file itself where that is nothing."""
    path = TESTS.parent / file
    text = path.read_text("utf-8") if path.is_file() else ""
    return next((name for name, asked in SHARED.items() if asked.search(f"{file}\n{text}")), file)
