"""What the words of the tables of law mean in the register's terms. Tables only; `drafting.legal_values` uses them.

Rows are named as the register names them: `r012` is row 12 of `legal_values.csv`, `g003` row 3 of
`legal_gaps_values.csv`, `n001` row 1 of `read_since.csv`.
"""

from __future__ import annotations

from collections.abc import Mapping

from kuule.limitation.limit_rule import OffencePart
from kuule.register.data_model.answers import Clock, LimitForm
from kuule.register.data_model.country_values import LegalStatus
from kuule.register.data_model.sources import SourceKind

FORMS: Mapping[str, LimitForm | None] = {
    "none": LimitForm.NONE,
    "none (authorities)": LimitForm.NONE,
    "none for the gravest": LimitForm.NONE_FOR_GRAVEST,
    "none for 8-year offences": LimitForm.NONE_FOR_GRAVEST,
    "fixed years": LimitForm.FIXED_YEARS,
    "fixed years, late start": LimitForm.FIXED_YEARS,
    "fixed years, suspended to majority": LimitForm.FIXED_YEARS,
    "until an age": LimitForm.UNTIL_AGE,
    "until an age (minimum)": LimitForm.NOT_BEFORE_AGE,
    "court decides": LimitForm.COURT_DECIDES,
    "outer cap": LimitForm.OUTER_CAP,
    "suspended": LimitForm.SUSPENDED,
    "sliding": LimitForm.PROLONGED,
    "proposal": LimitForm.NONE,
    "applies to some offences": None,
    "": None,
}
"""The column `form`. A limit that is suspended until majority is counted from majority; "applies to some offences" says
nothing that can be compared."""
FORM_BY_WORDS: Mapping[str, LimitForm] = {"r012": LimitForm.OUTER_CAP}
"""Rows whose words say another form than their column: Bulgaria's article 81(3) ends everything in any case."""

CLOCKS: Mapping[str, Clock] = {
    "offence": Clock.OFFENCE,
    "majority": Clock.MAJORITY,
    "majority or recovery": Clock.MAJORITY_OR_RECOVERY,
    "other (recovery)": Clock.RECOVERY,
    "other (majority plus 1 or 3)": Clock.AGE,
}
"""The column `clock_start`, beside `age 28` and its like."""

KINDS: Mapping[str, SourceKind] = {
    "FRA": SourceKind.EU_DOCUMENT,
    "EU document": SourceKind.EU_DOCUMENT,
    "CoE document": SourceKind.COE_DOCUMENT,
    "legal practice": SourceKind.LEGAL_PRACTICE,
    "NGO": SourceKind.NGO,
}
"""The column `source_kind` where its word is not the register's own."""

LANGUAGES: Mapping[str, str] = {
    "https://www.riigiteataja.ee/akt/": "et",
    "https://e-sbirka.gov.cz/": "cs",
    "https://github.com/legalize-dev/legalize-de": "de",
    "https://github.com/legalize-dev/legalize-se": "sv",
    "https://github.com/legalize-dev/legalize-lv": "lv",
    "https://github.com/legalize-dev/legalize-sk": "sk",
    "https://github.com/Ahelia-Consulting-EOOD/legalize-bg": "bg",
    "https://github.com/legalize-dev/legalize-es": "es",
    "https://wetten.legaltools.nl/": "nl",
    "https://zoek.officielebekendmakingen.nl/": "nl",
    "https://sip.lex.pl/": "pl",
    "https://arslege.pl/": "pl",
    "https://danskelove.dk/": "da",
    "https://doctrine.it/": "it",
    "https://ia37rg02wpsa01.blob.core.windows.net/fek/": "el",
    "http://data.legilux.public.lu/": "fr",
    "https://www.legifrance.gouv.fr/": "fr",
    "http://www.irishstatutebook.ie/": "en",
    "https://www.global-regulation.com/translation/": "en",
}
"""The language in which a statute was read, by where it was read. The tables have no column for it."""

STATUS_WORDS: tuple[tuple[str, LegalStatus], ...] = (
    ("(bill)", LegalStatus.PROPOSED),
    ("bill:", LegalStatus.PROPOSED),
    ("cabinet bill", LegalStatus.PROPOSED),
    ("draft code", LegalStatus.PROPOSED),
    ("draft:", LegalStatus.PROPOSED),
    ("amendment text", LegalStatus.PROPOSED),
    ("proposed no limitation", LegalStatus.PROPOSED),
    ("announced reform", LegalStatus.PROPOSED),
    ("historic", LegalStatus.REPEALED),
    ("older state", LegalStatus.REPEALED),
    ("outdated", LegalStatus.REPEALED),
)
"""Words of a row (what it says, and its note) that tell whether it is the law; without one of them it is in force."""
STATUS_BY_ROW: Mapping[str, LegalStatus] = {
    "r022": LegalStatus.PROPOSED,  # the same bill as r021
    "r040": LegalStatus.UNCLEAR,  # the state before a reform, which nobody has read
    "r041": LegalStatus.UNCLEAR,  # of 2015, before the same reform
    "r047": LegalStatus.REPEALED,  # the first step, which a later one took further (r046)
    "r050": LegalStatus.UNCLEAR,  # what two parties asked for, and what follows from it
    "r056": LegalStatus.UNCLEAR,  # of 2022, before the article was changed (r055)
    "r256": LegalStatus.UNCLEAR,  # "not yet" in 2017
    "r274": LegalStatus.UNCLEAR,  # a question to a court, whose answer nobody has read
    "g001": LegalStatus.UNCLEAR,  # as r040
    "n009": LegalStatus.UNCLEAR,  # as r274
    "n011": LegalStatus.UNCLEAR,  # as r040
    "g003": LegalStatus.UNCLEAR,  # a ranking's word against r040, r041 and g001, none of which is known to hold now
}

_ROWS_BY_OFFENCES: Mapping[OffencePart, str] = {
    OffencePart.GRAVEST: (
        "r002 r007 r014 r021 r022 r023 r024 r026 r029 r038 r042 r043 r045 r047 r058 r066 r069 "
        "g005 g006 g007 g008 g009 g010 g011 g012 g016 n001"
    ),
    OffencePart.OTHER: "r001 r008 r013 r015 r030 r035 r036 r037 r059 r067 r068 n002 n004",
    OffencePart.IMAGES: "r009",
    OffencePart.SOME: (
        "r017 r031 r039 r050 r052 r060 r073 r082 r086 r094 r100 r104 r112 r121 r122 r132 r190 r191 r192 r193 "
        "g013 g014 n003 n008 n010"
    ),
}
OFFENCES: Mapping[str, OffencePart] = {row: part for part, rows in _ROWS_BY_OFFENCES.items() for row in rows.split()}
"""The part of the offences that a row speaks of, where it does not speak of all. Row r045 speaks of what is prosecuted
on indictment, which are the graver offences; r069 of the gravest, and its years are those of the rest."""

RETROACTIVE: Mapping[str, bool] = {"r019": False, "r036": False, "r066": True, "r073": True, "n011": False}
"""Rows that say whether the rule holds for acts before it came into force. That what is barred stays barred says
neither."""
OLD_YEARS = frozenset({"r042"})
"""Rows whose years are of the rule before the one that they tell of: they are no part of the coded answer."""

AGE_OF_AN_EXCEPTION = frozenset({"r094"})
"""Rows whose age is that from which an exception holds, and not the age of consent: words only."""
CLOSE_IN_AGE = frozenset({"r078", "r080", "r083", "r084", "r085", "r088", "r092", "r094", "r273"})
"""Rows on age of consent which say that the law makes an exception between people of similar age."""
AGE_IN_WORDS: Mapping[str, int] = {"r098": 14}
"""Rows whose age stands in their words only."""

CHOICES: Mapping[str, Mapping[str, str]] = {
    "duty-to-report-professionals": {
        "yes, all professional groups": "all",
        "yes, some professional groups": "some",
        "none": "none",
    },
    "duty-to-report-everyone": {
        "yes, specific provision": "specific",
        "not among the 15 states with a specific provision": "none-specific",
    },
    "barnahus-network": {
        "network status: founder": "founder",
        "network status: founder (England)": "founder",
        "network status: member": "member",
        "network status: member (Catalonia)": "member",
        "network status: expert country": "expert",
        "network status: consultation country": "consultation",
    },
}
"""Coded choices by provision and by the words of a row."""
CHOICE_BY_ROW: Mapping[str, str] = {
    "r110": "virtual",
    "r112": "ai-named",
    "r114": "virtual",
    "r116": "ai-named",
    "r117": "virtual",
    "r118": "watching",
    "r119": "watching",
    "r120": "recordings",
    "r128": "exempt",
    "r129": "exempt",
    "r131": "own-offence",
    "r133": "own-offence",
    "r189": "specific",
    "r194": "specific",
    "r196": "without-early-report",
    "r218": "open",
    "r219": "open",
    "r220": "open",
    "r221": "planned",
    "r223": "open",
    "r224": "open",
    "r225": "none",
    "r226": "planned",
    "r261": "not-bound",
    "r277": "exempt",
    "g020": "grade-a",
    "g021": "grade-a",
}
"""Coded choices of single rows whose words say them plainly. Every other row of such a provision has words only."""

RATIFIED_BY_WORDS: Mapping[str, Mapping[str, str | bool]] = {
    "ratified by November 2017 (42 of 47; exact date not seen)": {"by": "2017-11"},
    "not yet ratified in November 2017 (all members had by 2021 per the existing file)": {"by": "2021"},
    "not yet ratified in November 2017": {"done": False},
    "ratified 2018 as 43rd state": {"on": "2018"},
    "first to ratify, 10 March 2009": {"on": "2009-03-10"},
    "20 June 2018": {"on": "2018-06-20"},
}
"""When the Lanzarote Convention was ratified. An act of assent is no ratification."""

TIERS: Mapping[str, str] = {
    "1": "tier 1: abolished for most or all child sexual offences",
    "2": "tier 2: abolished only for the most severe offences",
    "3": "tier 3: periods apply to all offences",
}
