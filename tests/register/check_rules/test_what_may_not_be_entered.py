"""Whatever else stands in a file, what may not be entered is found, with its file and its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.core.problems import Problem, Severity
from kuule.register.check_rules.register_check import check_register
from kuule.register.data_model.country_values import CountryValues
from kuule.register.data_model.whole_register import Register
from kuule.register.reading.model_reading import read_model
from kuule.register.reading.register_folder import RegisterFolder, file_name_of
from kuule.register.reading.yaml_documents import RegisterError, read_yaml
from kuule.register.writing.part_files import part_bytes
from tests.register.made_registers import TODAY, held_against, made_provision, made_settings, made_standard
from tests.register.register_parts import COUNTRY_VALUES, LINES, TEXTS
from tests.sampling import examples

Content = dict[str, Any]
NAME = "countries/FI/limitation.yaml"
OTHERS = (made_settings(countries=["FI"]), made_provision(standards=[held_against()]), made_standard())


def errors(content: Content) -> list[Problem]:
    """The errors of a register with this file."""
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    try:
        document = read_yaml(text.encode(), NAME)
        read = read_model(document, CountryValues)
    except RegisterError as error:
        return list(error.problems)
    register = Register(
        OTHERS[0],
        {OTHERS[1].id: OTHERS[1]},
        {OTHERS[2].id: OTHERS[2]},
        {(read.country, read.provision): read},
    )
    documents = {file_name_of(part): read_yaml(part_bytes(part), file_name_of(part)) for part in OTHERS}
    folder = RegisterFolder(Path(), register, {**documents, NAME: document})
    return [one for one in check_register(folder, TODAY) if one.severity is Severity.ERROR]


def plain(content: Any) -> Any:
    """A part as somebody would have typed it: without what is not said."""
    if isinstance(content, dict):
        return {key: plain(value) for key, value in content.items() if value is not None}
    return [plain(one) for one in content] if isinstance(content, list) else content


def file_with(read: CountryValues) -> Content:
    content: Content = plain(read.model_dump(mode="json"))
    return content | {"country": "FI", "provision": "limitation"}


def press(value: Content, **more: Any) -> None:
    value["source"] |= {"kind": "press"}
    value |= {"confidence": "D", "next_review": "2026-12-01", **more}


def worded_as_law(value: Content, text: str) -> None:
    press(value, says=f"{text[:900]} the law says {text[:900]}".strip())


def deep_in(value: Content, text: str) -> Content:
    """One of the mappings within a value."""
    places = [value, value["source"], *([value["answer"]] if "answer" in value else [])]
    return places[len(text) % len(places)]


FORBIDDEN: Mapping[str, tuple[str, Callable[[Content, str], object]]] = {
    "no source": ("REGISTER_003", lambda value, text: value.pop("source")),
    "no day of reading": ("REGISTER_003", lambda value, text: value.pop("read_on")),
    "no confidence": ("REGISTER_003", lambda value, text: value.pop("confidence")),
    "nobody who coded it": ("REGISTER_003", lambda value, text: value.pop("coded_by")),
    "an unknown key": ("REGISTER_002", lambda value, text: deep_in(value, text).update({"colour": text})),
    "a key at the wrong place": ("REGISTER_002", lambda value, text: value.update({"address": "https://example.org/"})),
    "an address that runs": (
        "REGISTER_004",
        lambda value, text: value["source"].update({"address": "javascript:" + text}),
    ),
    "an address with a space": (
        "REGISTER_004",
        lambda value, text: value["source"].update({"address": f"https://example.org/a {text}"}),
    ),
    "a hash that is none": ("REGISTER_004", lambda value, text: value["source"].update({"sha256": text[:63]})),
    "confirmed by who coded it": (
        "REGISTER_004",
        lambda value, text: value.update({"confirmed_by": value["coded_by"]}),
    ),
    "reviewed before it was read": ("REGISTER_004", lambda value, text: value.update({"next_review": "2026-11-20"})),
    "a day that does not exist": ("REGISTER_004", lambda value, text: value.update({"read_on": "2026-02-30"})),
    "a period of 500 years": (
        "REGISTER_004",
        lambda value, text: value.update({"answer": {"kind": "time-limit", "form": "fixed-years", "years": [500]}}),
    ),
    "an id twice": ("REGISTER_004", lambda value, text: value.update({"id": "no"})),
    "an answer of another kind": (
        "REGISTER_007",
        lambda value, text: value.update({"answer": {"kind": "age", "age": 16}}),
    ),
    "the press as law": ("REGISTER_009", worded_as_law),
    "the press with confidence A": (
        "REGISTER_010",
        lambda value, text: press(value, confidence="A", next_review="2027-11-01"),
    ),
    "a source without a date": ("REGISTER_012", lambda value, text: value["source"].pop("dated", None)),
    "a day to come": (
        "REGISTER_014",
        lambda value, text: value.update({"read_on": "2026-11-28", "next_review": "2027-11-20"}),
    ),
    "read before it was changed": ("REGISTER_015", lambda value, text: value.update({"changed_on": "2026-11-26"})),
    "reviewed in ten years": ("REGISTER_016", lambda value, text: value.update({"next_review": "2036-11-20"})),
    "a letter that turns others": (
        "REGISTER_022",
        lambda value, text: value.update({"notes": f"a\u202eb {text[:1900]}"}),
    ),
}


@settings(max_examples=examples(150), deadline=None)
@given(st.sampled_from(sorted(FORBIDDEN)), COUNTRY_VALUES, LINES | TEXTS)
def test_what_may_not_be_entered_is_found_at_its_line(what: str, read: CountryValues, text: str) -> None:
    code, enter = FORBIDDEN[what]
    content = deepcopy(file_with(read))
    enter(content["values"][0], text)
    found = [one for one in errors(content) if one.code == code]
    assert found, what
    for one in found:
        assert one.file == NAME
        assert ", line " in one.place
        assert one.excerpt is not None
        assert one.excerpt.line > 0


def test_each_of_them_alone_is_all_that_is_found() -> None:
    """Without the rest: in a file that is right, each gives its own code and no other."""
    right = file_with(
        CountryValues.model_validate(
            {
                "country": "FI",
                "provision": "limitation",
                "values": [
                    {
                        "id": name,
                        "says": "20 years",
                        "status": "in-force",
                        "read_on": "2026-11-20",
                        "source": {
                            "kind": "statute",
                            "address": "https://example.org/act",
                            "article": "8",
                            "dated": "2026",
                            "seen": "the article",
                        },
                        "confidence": "B",
                        "coded_by": "draft",
                        "next_review": "2027-11-20",
                    }
                    for name in ("a", "no")
                ],
            }
        )
    )
    assert errors(right) == []
    told = {}
    for what, (_, enter) in FORBIDDEN.items():
        content = deepcopy(right)
        enter(content["values"][0], "text")
        told[what] = {one.code for one in errors(content)}
    both = {"the press with confidence A": {"REGISTER_009", "REGISTER_010"}}
    assert told == {what: both.get(what, {code}) for what, (code, _) in FORBIDDEN.items()}
