"""A small register for tests: three countries, a provision of each kind, sources that contradict each other.

Nothing in it is the law of anywhere. `write_small_register` writes it as files, so that tests read it as people do.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kuule.register.reading.register_folder import RegisterFolder, read_register

REGISTER = """\
id: small
title: A small register
summary: Made up for tests.
publisher: Nobody
licence: CC-BY-4.0
address: https://register.example/small
as_of: 2026-11-27
countries: [FI, SE, EE]
also_seen: [GB]
topics:
- id: time
  title: Time limits
- id: offences
  title: Offences
- id: others
  title: What others say
languages: [en]
review_months: {A: 12, B: 12, C: 6, D: 3}
other_indices:
- title: Another index
  covers: Sixty countries.
  address: https://index.example/
"""
PROVISIONS = {
    "limitation": """\
id: limitation
topic: time
title: Time limits for criminal reports
short: Criminal time limit
question: Until when can a report be made?
kind: time-limit
unit: years
coding: Code the rule for the gravest offences first.
standards:
- standard: opinion-33
  article: "33"
  demands: No period ends before the person is of age.
  test: {ends_at_age_at_least: 18}
- standard: resolution
  demands: No time limit, or thirty years from the age of majority.
  test: {years_after_majority_at_least: 30}
- standard: opinion-33
  demands: Offences within the circle of trust have no shorter period.
  test: {not_shorter_in_circle_of_trust: true}
- standard: resolution
  demands: Somebody compares by hand whether civil claims are covered.
points: {met: 4, partly: 2}
""",
    "age-of-consent": """\
id: age-of-consent
topic: offences
title: Age of consent
short: Age of consent
question: From what age can a young person consent?
kind: age
unit: years
coding: Code the general age.
standards:
- standard: resolution
  demands: The age is not below 16.
  test: {age_at_least: 16}
points: {met: 2}
""",
    "duty-to-report": """\
id: duty-to-report
topic: offences
title: Duty to report
short: Duty to report
question: Who has to report a suspicion?
kind: choice
choices:
- id: everyone
  label: Everyone
- id: professionals
  label: People who work with children
- id: nobody
  label: Nobody
coding: Code the widest duty.
standards:
- standard: resolution
  demands: People who work with children have to report.
  test: {choice_is: [everyone, professionals]}
points: {met: 3, partly: 1}
""",
    "ratified": """\
id: ratified
topic: offences
title: Ratification of the convention
short: Ratified
question: Since when is the state a party?
kind: date
coding: Code the day of ratification.
standards:
- standard: opinion-33
  demands: The state is a party.
  test: {done: true}
""",
    "virtual-material": """\
id: virtual-material
topic: offences
title: Material made by a computer
short: Computer-made material
question: What does the law say of material that shows no real child?
kind: text
coding: Say it in one line.
""",
    "ranking-2025": """\
id: ranking-2025
topic: others
title: Tier in a ranking of 2025
short: Ranking 2025
question: In which tier does the ranking place the country?
kind: choice
choices:
- id: tier-1
  label: No time limit for most offences
- id: tier-2
  label: No time limit for the gravest offences
- id: tier-3
  label: Time limits for all offences
coding: Code the tier as it was published.
ranking: true
""",
}
STANDARDS = {
    "opinion-33": """\
id: opinion-33
title: Opinion on article 33
short: Opinion on art. 33
body: A committee
binding: false
article: "33"
stages:
- date: 2024-06
  status: adopted
  says: The committee adopted the opinion.
  source: {kind: coe-document, address: "https://committee.example/opinion", seen: whole text}
  confidence: A
""",
    "resolution": """\
id: resolution
title: Resolution of an assembly
short: Resolution
body: An assembly
binding: false
stages:
- status: proposed
  says: It was proposed.
  source: {kind: press, address: "https://news.example/resolution", seen: headline}
  confidence: C
- date: 2025-06-17
  status: position
  says: The assembly voted for it.
  source: {kind: official, address: "https://assembly.example/vote", seen: whole text, dated: 2025-06-17}
  confidence: B
""",
}
FI_LIMITATION = """\
country: FI
provision: limitation
values:
- id: v1
  says: 20 years from the day on which the person turns 18.
  status: in-force
  offences: gravest
  answer: {kind: time-limit, form: fixed-years, clock: majority, clock_age: 18, years: [20], retroactive: false}
  in_force_from: 2023-01-01
  changed_on: 2022-07-08
  checked_on: 2026-11-28
  read_on: 2026-11-27
  source:
    kind: statute
    address: https://law.example/fi/criminal-code
    title: Criminal Code
    article: chapter 8, section 1
    language: fi
    dated: 2026-01-01
    seen: whole section
    sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  confidence: A
  coded_by: draft
  confirmed_by: coder FI
  next_review: 2027-11-27
- id: v2
  says: The report says ten years from the act.
  status: in-force
  offences: gravest
  answer: {kind: time-limit, form: fixed-years, clock: offence, years: [10]}
  read_on: 2026-11-27
  source: {kind: press, address: "https://news.example/limits", seen: article, dated: 2025-12}
  confidence: C
  coded_by: draft
  next_review: 2027-05-27
  notes: It names no source of its own.
- id: v3
  says: Periods of 5 years for other offences.
  status: in-force
  offences: other
  answer: {kind: time-limit, form: fixed-years, clock: offence, years: [5]}
  read_on: 2026-11-27
  source:
    kind: statute
    address: https://law.example/fi/criminal-code
    article: chapter 8, section 2
    seen: whole section
  confidence: B
  coded_by: draft
  next_review: 2027-11-27
decisions:
- on: 2026-11-28
  by: coordinator
  keeps: [v1]
  rejects: [v2]
  why: The statute is the law, and the report does not cite it.
"""
SE_LIMITATION = """\
country: SE
provision: limitation
values:
- id: v1
  says: No time limit for the gravest offences.
  status: in-force
  offences: gravest
  answer: {kind: time-limit, form: none}
  read_on: 2026-11-27
  source: {kind: press, address: "https://news.example/se", seen: article}
  confidence: C
  coded_by: draft
  next_review: 2027-05-27
- id: v2
  says: Thirty years for the gravest offences.
  status: in-force
  offences: gravest
  answer: {kind: time-limit, form: fixed-years, clock: majority, years: [30]}
  read_on: 2026-11-27
  source: {kind: ngo, address: "https://ngo.example/se", seen: table}
  confidence: D
  coded_by: draft
  next_review: 2027-02-27
- id: v3
  says: A bill would raise this to forty years.
  status: proposed
  answer: {kind: time-limit, form: fixed-years, clock: majority, years: [40]}
  read_on: 2026-11-27
  source: {kind: parliament, address: "https://parliament.example/se/bill", seen: bill}
  confidence: B
  coded_by: draft
  next_review: 2027-11-27
dispute: The newspaper says that there is no limit, the organisation says thirty years.
"""
EE_AGE = """\
country: EE
provision: age-of-consent
values:
- id: v1
  says: The age is 16.
  status: in-force
  answer: {kind: age, age: 16, close_in_age: true}
  read_on: 2025-11-27
  source:
    kind: statute
    address: https://law.example/ee/penal-code
    title: Penal Code
    article: "145"
    seen: section
  confidence: A
  coded_by: draft
  next_review: 2026-11-27
"""
EE_DUTY = """\
country: EE
provision: duty-to-report
values:
- id: v1
  says: Everyone has to report.
  status: in-force
  answer: {kind: choice, choice: everyone}
  read_on: 2026-11-27
  source: {kind: official, address: "https://ministry.example/ee", seen: page}
  confidence: B
  coded_by: draft
  next_review: 2027-11-27
"""
GB_RATIFIED = """\
country: GB
provision: ratified
values:
- id: v1
  says: The state has ratified the convention.
  status: in-force
  answer: {kind: date, on: 2018-06-20}
  read_on: 2026-11-27
  source: {kind: coe-document, address: "https://treaties.example/201", seen: table}
  confidence: B
  coded_by: draft
  next_review: 2027-11-27
"""
FI_VIRTUAL = """\
country: FI
provision: virtual-material
values:
- id: v1
  says: Realistic pictures are covered.
  status: in-force
  answer: {kind: text, summary: realistic pictures}
  read_on: 2026-11-27
  source: {kind: academic, address: "https://journal.example/fi", seen: abstract}
  confidence: B
  coded_by: draft
  next_review: 2027-11-27
"""
SE_RANKING = """\
country: SE
provision: ranking-2025
values:
- id: v1
  says: Sweden is in the second tier.
  status: unclear
  answer: {kind: choice, choice: tier-2}
  read_on: 2026-11-27
  source: {kind: press, address: "https://news.example/ranking", seen: table}
  confidence: C
  coded_by: draft
  next_review: 2027-05-27
"""
ACTION = """\
id: hearing-fi
title: Hearing in a committee
kind: sitting
status: confirmed
starts: 2026-12-10T09:00
ends: 2026-12-10T11:30
zone: Europe/Helsinki
countries: [FI]
procedure: 2024/0035(COD)
provisions: [limitation]
standards: [resolution]
says: The committee hears experts.
address: https://parliament.example/fi/hearing
changed_on: 2026-11-27
"""
DAY = """\
id: european-day-2027
title: A European day
kind: day
status: tentative
starts: 2027-11-18
says: A day each year.
changed_on: 2026-11-27
"""
CODING_ONE = """\
round: first
coder: one
codings:
- country: FI
  provision: limitation
  answer: {kind: time-limit, form: fixed-years, clock: majority, clock_age: 18, years: [20]}
  address: https://law.example/fi/criminal-code
  coded_on: 2026-11-20
"""
CODING_OTHER = CODING_ONE.replace("coder: one", "coder: other").replace("years: [20]", "years: [10]")


def small_files() -> dict[str, str]:
    """Each file of the small register, by its name in the folder."""
    return {
        "register.yaml": REGISTER,
        **{f"provisions/{name}.yaml": text for name, text in PROVISIONS.items()},
        **{f"standards/{name}.yaml": text for name, text in STANDARDS.items()},
        "countries/FI/limitation.yaml": FI_LIMITATION,
        "countries/FI/virtual-material.yaml": FI_VIRTUAL,
        "countries/SE/limitation.yaml": SE_LIMITATION,
        "countries/SE/ranking-2025.yaml": SE_RANKING,
        "countries/EE/age-of-consent.yaml": EE_AGE,
        "countries/EE/duty-to-report.yaml": EE_DUTY,
        "countries/GB/ratified.yaml": GB_RATIFIED,
        "actions/hearing-fi.yaml": ACTION,
        "actions/european-day-2027.yaml": DAY,
        "codings/first/one.yaml": CODING_ONE,
        "codings/first/other.yaml": CODING_OTHER,
    }


def write_small_register(folder: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    """Write the register into a folder and return it. `changes` has other texts of files by name, or new files; None
    leaves a file out."""
    for name, text in {**small_files(), **(changes or {})}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def small_register(folder: Path, changes: Mapping[str, str | None] | None = None) -> RegisterFolder:
    """The register, written and read."""
    return read_register(write_small_register(folder, changes))
