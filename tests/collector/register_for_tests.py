"""A small register of law in a study's folder, and the edition that follows it."""

from __future__ import annotations

from pathlib import Path

from kuule.study.edition.study_edition import Edition
from kuule.study.freeze import freeze
from tests.study.small_study import SETTINGS, make_study, rehearsal_key

FOLLOWS = '\n[help]\nregister = "law"\n'
FILES = {
    "register.yaml": """\
id: a-register
title: A register of law
summary: For tests.
publisher: Somebody
licence: CC-BY-4.0
as_of: 2026-11-20
countries:
  - FI
  - SE
  - BG
topics:
  - id: time
    title: Time
review_months:
  A: 12
""",
    "provisions/limitation-criminal.yaml": """\
id: limitation-criminal
topic: time
title: Until when
short: Until when
question: Until when?
kind: time-limit
coding: Read it.
""",
    "countries/SE/limitation-criminal.yaml": """\
country: SE
provision: limitation-criminal
values:
  - id: r1
    says: no limit for the gravest
    status: in-force
    offences: gravest
    answer:
      kind: time-limit
      form: none-for-gravest
    in_force_from: "2020"
    read_on: 2026-11-20
    source:
      kind: statute
      title: Brottsbalk
      article: 35:10
      address: https://example.org/law
      seen: text
    confidence: A
    coded_by: draft
    next_review: 2027-11-20
  - id: r2
    says: <b>others</b> from 18
    status: in-force
    offences: other
    answer:
      kind: time-limit
      form: fixed-years
      clock: majority
      years:
        - 10
        - 25
    read_on: 2026-11-20
    source:
      kind: press
      address: https://example.org/news?a=1&b=2
      seen: text
    confidence: D
    coded_by: draft
    next_review: 2027-02-20
  - id: r3
    says: five years, as it was
    status: repealed
    answer:
      kind: time-limit
      form: fixed-years
      clock: offence
      years:
        - 5
    read_on: 2026-11-20
    source:
      kind: official
      address: https://example.org/old
      seen: text
    confidence: B
    coded_by: draft
    next_review: 2027-11-20
dispute: Two sources differ.
""",
}


def write_register(folder: Path) -> Path:
    """Sweden has rules; of Finland and Bulgaria nothing was read."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def make_following_edition(folder: Path, support: str | None = None) -> Edition:
    """The small study, with that register as `law` in its folder, and its own services; the edition is in
    `folder/edition`."""
    study = make_study(folder / "study", settings=SETTINGS + FOLLOWS, support=support)
    write_register(study / "law")
    return freeze(study, rehearsal_key().public, folder / "edition", drafts=True)
