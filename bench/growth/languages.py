"""How the cost of a study grows with its languages.

The study is *Our Voice* with the first of its thirty languages. Where more are wanted, further languages of CLDR get a
copy of one of its translations each: as many texts of real lengths, and nothing that anybody could read in them.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from babel import localedata

from bench.datasets import make_opened_dataset
from bench.growth.figures import Measured
from bench.reports import responses
from bench.starting import ROOT, first_page_seconds, seconds_of_command
from kuule.languages.cldr.tags import is_language_tag
from kuule.opening.private_key import PrivateKey
from kuule.study.freeze import freeze

SIZES = (1, 3, 10, 30, 100)
RESPONSES = 3_000
_STUDY = ROOT / "studies" / "our-voice"
_OFFERED = re.compile(r"^([A-Za-z-]+) = (\{ leave_to = .*\})$", re.MULTILINE)
_REPORTS = """
import sys
from pathlib import Path
from kuule.usecases.reporting.make_reports import ReportOptions, write_reports
dataset = Path(sys.argv[1])
write_reports(dataset, dataset.with_name("report.html"), options=ReportOptions(("all",), drafts=True, pdf=False))
"""


def measure(languages: int) -> Iterator[Measured]:
    """Checking, freezing, serving until the first page, and the pages of a report: each in processes of their own, in
    seconds of a core. The first round warms up, but not that of the reports, which take minutes."""
    rounds = 3 if languages <= len(_offered()) else 1
    with TemporaryDirectory() as name:
        place = Path(name)
        study = study_in(languages, place / "study")
        key = PrivateKey.generate(bytes(32), rehearsal=True)
        public, edition, dataset = place / "public.key", place / "edition", place / "dataset"
        public.write_text(key.public.to_text(), "utf-8")
        made = freeze(study, key.public, edition, drafts=True)
        make_opened_dataset(responses(made, RESPONSES), made, key, dataset)
        size = sum(file.stat().st_size for file in edition.rglob("*") if file.is_file()) / 2**20
        command = partial(seconds_of_command, ROOT)
        frozen = ("freeze", str(study), "--key", str(public), "--drafts", "--to")
        checking, freezing, serving = [], [], []
        for turn in range(rounds + 1):
            checking.append(command("-m", "kuule.cli", "check", str(study)))
            freezing.append(command("-m", "kuule.cli", *frozen, str(place / f"edition-{turn}")))
            (place / f"serving-{turn}").mkdir()
            serving.append(first_page_seconds(ROOT, place / f"serving-{turn}", edition))
        reports = []
        for turn in range(min(rounds, 2)):
            shutil.copytree(dataset, place / f"{turn}" / "dataset")
            reports.append(command("-c", _REPORTS, str(place / f"{turn}" / "dataset")))
    yield Measured("checking", checking[1:], "D")
    yield Measured("freezing", freezing[1:], "D", note=f"an edition of {size:.1f} MiB")
    yield Measured("serving until the first page, two workers", serving[1:], "D")
    yield Measured(f"the pages of a report of {RESPONSES:,} responses in all of them", reports, "D")


def study_in(languages: int, to: Path) -> Path:
    """Write a copy of *Our Voice* with this many languages."""
    shutil.copytree(_STUDY, to)
    settings, offered = (to / "study.toml").read_text("utf-8"), _offered()
    tags = (list(offered) + _further(languages - len(offered)))[:languages]
    lines = [f"{tag} = {offered.get(tag, offered['en'])}" for tag in tags]
    first, last = next(_OFFERED.finditer(settings)).start(), [*_OFFERED.finditer(settings)][-1].end()
    written = settings[:first] + "\n".join(lines) + settings[last:]
    registers = os.path.relpath(ROOT / "registers", to)
    (to / "study.toml").write_text(written.replace("../../registers", registers), "utf-8")
    (to / "rehearsal.toml").unlink()  # it has texts in languages that may be left out
    translated = [tag for tag in offered if tag != "en"]
    for number, tag in enumerate(tag for tag in tags if tag not in offered):
        copied = translated[number % len(translated)]
        text = (_STUDY / "languages" / f"{copied}.po").read_text("utf-8")
        header = re.compile(rf'^"Language: {copied.replace("-", "_")}\\n"$', re.MULTILINE)
        copy, found = header.subn(lambda _, tag=tag: f'"Language: {tag}\\n"', text)  # type: ignore[misc]  # bound at once
        if found != 1:
            raise ValueError(f"{copied}.po does not say its language as it did")
        (to / "languages" / f"{tag}.po").write_text(copy, "utf-8")
    for file in (to / "languages").glob("*.po"):
        if file.stem not in tags:
            file.unlink()
    return to


def _offered() -> dict[str, str]:
    """The languages of *Our Voice*, with what study.toml says of each."""
    return dict(_OFFERED.findall((_STUDY / "study.toml").read_text("utf-8")))


def _further(number: int) -> list[str]:
    """This many languages of CLDR that *Our Voice* does not have."""
    known = {tag.partition("-")[0] for tag in _offered()} | {"no", "nn"}
    tags = (tag for tag in sorted(localedata.locale_identifiers()) if tag.isalpha() and tag not in known)
    return [tag for tag in tags if is_language_tag(tag)][: max(number, 0)]
