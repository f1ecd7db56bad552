"""Any part of a register, as Hypothesis makes it: with every text that a file might have to hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from kuule.register.data_model.codings import CodingFile
from kuule.register.data_model.country_values import CountryValues
from kuule.register.data_model.planned_actions import PlannedAction
from tests.register.made_registers import made_provision, made_settings, made_standard

AWKWARD = [
    "NO",
    "no",
    "yes",
    "Yes",
    "y",
    "off",
    "on",
    "true",
    "FALSE",
    "null",
    "~",
    "1_000",
    "2026-05",
    "2026-05-31",
    "12:30:00",
    "190:20:30",
    "0x1F",
    "0o17",
    "010",
    "1e3",
    ".5",
    ".inf",
    ".NaN",
    "-1",
    "+1",
    "=",
    "<<",
    "-",
    "--",
    "---",
    "...",
    "?",
    ":",
    "#",
    "&",
    "*",
    "!",
    "|",
    ">",
    "'",
    '"',
    "%",
    "@",
    "`",
    "{}",
    "[]",
    ",",
    "a:b",
    "a:",
    "a#b",
    "2026-05-31T10:00:00",
    "1,000",
    "0b1",
    "8(1)",
    "1.2.3",
]
SPECIAL = (
    "a # b", "a: b", "- a", "? a", "a\tb", "\u202eabc", "\x85x\x85y", "a\u2028b", "a\u2029b", "\x00", "\x07a",
    "\ufeffa", "a\rb", "مرحبا: بكم", "日本語", "😀", "a\\nb", "%YAML 1.2", "word " * 60 + "end", "x" * 250,
    "&a", "*a", "!!int 3", "a  b",
)  # fmt: skip
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


def _trimmed(made: st.SearchStrategy[str], longest: int) -> st.SearchStrategy[str]:
    return made.map(lambda text: text.strip().strip("\x1c\x1d\x1e\x1f\x85 ")[:longest].strip()).filter(bool)


LINES = _trimmed(
    st.sampled_from(AWKWARD)
    | st.sampled_from(SPECIAL)
    | st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1, max_size=280),
    300,
)
TEXTS = LINES | _trimmed(
    st.lists(LINES | st.sampled_from(["", " indented", "# no comment", "- no item", "key: no key"]), max_size=6).map(
        "\n".join
    ),
    2000,
)
IDS = st.from_regex(r"[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,2}", fullmatch=True)
COUNTRIES = st.sampled_from(["NO", "FI", "SE", "BG"])
PARTIAL_DATES = st.one_of(DAYS.map(str), DAYS.map(lambda day: str(day)[:7]), DAYS.map(lambda day: str(day)[:4]))
ADDRESSES = st.from_regex(r"https?://[a-z]{1,9}\.org/[a-zA-Z0-9#?&=%@:,.;~_-]{0,30}", fullmatch=True)
YEARS = st.integers(0, 100)


def _some(**known: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=known)


def _ages() -> st.SearchStrategy[Any]:
    return YEARS | st.lists(YEARS, min_size=1, max_size=3).map(tuple)


LIMITS = st.builds(
    lambda form, more: {"kind": "time-limit", "form": form, **more},
    st.sampled_from(["fixed-years", "none-for-gravest", "suspended", "court-decides"]),
    _some(
        clock=st.sampled_from(["offence", "majority", "recovery"]),
        years=st.lists(YEARS, max_size=4).map(tuple) | st.just({"shortest": 3, "longest": 20}),
        until_age=_ages(),
        retroactive=st.booleans(),
        shorter_in_circle_of_trust=st.booleans(),
    ),
)
ANSWERS = st.one_of(
    LIMITS,
    st.builds(lambda age: {"kind": "age", "age": age}, _ages()),
    IDS.map(lambda choice: {"kind": "choice", "choice": choice}),
    PARTIAL_DATES.map(lambda day: {"kind": "date", "by": day}),
    LINES.map(lambda summary: {"kind": "text", "summary": summary}),
)
SOURCES = st.builds(
    lambda kind, address, seen, more: {"kind": kind, "address": address, "seen": seen, **more},
    st.sampled_from(["statute", "press", "eu-document"]),
    ADDRESSES,
    LINES,
    _some(title=LINES, article=LINES, language=LINES, dated=PARTIAL_DATES, notes=TEXTS, sha256=st.just("0" * 64)),
)


def _value(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda says, source, coder, more: {
            "id": name, "says": says, "status": "in-force", "read_on": "2026-11-20", "source": source,
            "confidence": "B", "coded_by": coder, "next_review": "2027-11-20", **more,
        },
        TEXTS,
        SOURCES,
        LINES,
        _some(answer=ANSWERS, in_force_from=PARTIAL_DATES, changed_on=PARTIAL_DATES, notes=TEXTS, in_force_note=LINES),
    )  # fmt: skip


def _file(country: str, provision: str, values: tuple[Any, ...], more: dict[str, Any], why: str) -> CountryValues:
    decision = {"on": "2026-11-21", "by": why[:300].split("\n")[0], "keeps": ["a"], "rejects": ["no"], "why": why}
    parts = {"country": country, "provision": provision, "values": list(values), "decisions": [decision], **more}
    return CountryValues.model_validate(parts)


COUNTRY_VALUES = st.builds(_file, COUNTRIES, IDS, st.tuples(_value("a"), _value("no")), _some(dispute=TEXTS), TEXTS)
CODING_FILES = st.builds(
    lambda name, coder, country, provision, address, more: CodingFile.model_validate(
        {
            "round": name,
            "coder": coder,
            "codings": [
                {"country": country, "provision": provision, "address": address, "coded_on": "2026-10-01", **more}
            ],
        }
    ),
    IDS,
    IDS,
    COUNTRIES,
    IDS,
    ADDRESSES,
    _some(answer=ANSWERS, article=LINES, notes=TEXTS),
)
ACTIONS = st.builds(
    lambda name, title, says, times, more: PlannedAction.model_validate(
        {
            "id": name, "title": title, "kind": "day", "status": "tentative", "says": says,
            "changed_on": "2026-11-01", **times, **more,
        }
    ),
    IDS,
    LINES,
    TEXTS,
    st.one_of(
        DAYS.map(lambda day: {"starts": str(day)}),
        st.datetimes().map(lambda time: {"starts": time.replace(microsecond=0), "zone": "Europe/Helsinki"}),
    ),
    _some(procedure=LINES, countries=st.lists(COUNTRIES, max_size=2).map(tuple), notes=TEXTS, language=LINES),
)  # fmt: skip
OTHERS = st.one_of(
    st.builds(lambda title, coding: made_provision(title=title, coding=coding, points={"met": "2"}), LINES, TEXTS),
    st.builds(lambda title, summary: made_settings(title=title, summary=summary), LINES, TEXTS),
    st.just(made_standard()),
)
PARTS = st.one_of(COUNTRY_VALUES, CODING_FILES, ACTIONS, OTHERS)
