"""What is written is read again as it was, by Kuule and by other readers of YAML, and it can be read by people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from pydantic import BaseModel

from kuule.register.data_model.country_values import CountryValues
from kuule.register.reading.model_reading import read_model
from kuule.register.reading.yaml_documents import read_yaml
from kuule.register.writing.plain_texts import is_plain_text
from kuule.register.writing.yaml_writing import yaml_text
from tests.register.made_registers import made_file, made_limit, made_source, made_value
from tests.register.register_parts import AWKWARD, PARTS
from tests.sampling import examples

CORE_1_2 = re.compile(
    r"null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN"
)
"""What the core schema of YAML 1.2 takes for no text (10.3.2)."""


def texts_of(written: yaml.Node, what: Any) -> Iterator[yaml.ScalarNode]:
    """Where the texts of a part, and its keys, stand in what is written of it. A number may look like one of them."""
    if isinstance(written, yaml.MappingNode):
        for key, value in written.value:
            yield key
            yield from texts_of(value, what[key.value] if isinstance(what, dict) else getattr(what, key.value))
    elif isinstance(written, yaml.SequenceNode):
        for one, own in zip(written.value, what, strict=True):
            yield from texts_of(one, own)
    elif isinstance(what, str):
        yield written


@settings(max_examples=examples(150), deadline=None)
@given(PARTS)
def test_what_is_written_is_read_as_it_was(part: BaseModel) -> None:
    written = yaml_text(part)
    assert read_model(read_yaml(written.encode(), "file.yaml"), type(part)) == part


@settings(max_examples=examples(150), deadline=None)
@given(PARTS)
def test_writing_again_changes_nothing(part: BaseModel) -> None:
    written = yaml_text(part)
    assert yaml_text(read_model(read_yaml(written.encode(), "file.yaml"), type(part))) == written


@settings(max_examples=examples(150), deadline=None)
@given(PARTS)
@example(made_file(made_value(says="0", answer={"kind": "age", "age": 0})))
def test_other_readers_take_each_text_for_a_text(part: BaseModel) -> None:
    written = yaml_text(part)
    texts = texts_of(yaml.compose(written, Loader=yaml.SafeLoader), part)
    plain = {one.value for one in texts if one.style is None}
    assert {one for one in plain if not isinstance(yaml.safe_load(one), str) or CORE_1_2.fullmatch(one)} == set()
    events = yaml.parse(written, Loader=yaml.SafeLoader)
    assert not [one for one in events if getattr(one, "anchor", None) or isinstance(one, yaml.AliasEvent)]


@pytest.mark.parametrize("text", ["FI", "8(1)", "10 years", "https://example.org/a#b", "1a", "Article 8", "a, b"])
def test_a_text_that_nobody_mistakes_needs_no_quotes(text: str) -> None:
    assert is_plain_text(text)


@pytest.mark.parametrize(
    "text",
    ["NO", "no", "y", "Off", "null", "~", "2026", "2026-05", "2026-05-31", "1_000", "12:30:00", "1e3", "0o17", ".5"],
)
def test_a_text_that_a_reader_would_mistake_has_quotes(text: str) -> None:
    assert not is_plain_text(text)
    assert f'says: "{text}"' in yaml_text(made_value(says=text))


def test_awkward_texts_are_among_those_that_are_tried() -> None:
    assert {"NO", "2026-05", "1_000", "yes", "12:30:00"} <= set(AWKWARD)


def test_a_file_reads_well() -> None:
    value = made_value(
        "v1",
        made_limit("fixed-years", clock="majority", years=["20", "10"], retroactive="false"),
        says="20 years from the day on which the person who was abused came of age, and ten years for the lesser ones",
        in_force_from="2026-05",
        source=made_source(title="Act no. 40: the code", language="no"),
    )
    decision = {"on": "2026-11-21", "by": "coordinator", "keeps": ["v1"], "rejects": ["v2"], "why": "the statute says"}
    written = yaml_text(made_file(value, made_value("v2"), country="NO", decisions=[decision]))
    assert (
        written.split("  - id: v2")[0]
        == """\
country: "NO"
provision: limitation
values:
  - id: v1
    says: >-
      20 years from the day on which the person who was abused came of age, and ten years for the lesser
      ones
    status: in-force
    answer:
      kind: time-limit
      form: fixed-years
      clock: majority
      years:
        - 20
        - 10
      retroactive: false
    in_force_from: "2026-05"
    read_on: 2026-11-20
    source:
      kind: statute
      address: https://example.org/act
      title: "Act no. 40: the code"
      article: "8"
      language: "no"
      dated: "2026-01-01"
      seen: the article
    confidence: A
    coded_by: draft
    next_review: 2027-11-20
"""
    )
    assert (
        written.split("decisions:\n")[1]
        == """\
  - "on": 2026-11-21
    by: coordinator
    keeps:
      - v1
    rejects:
      - v2
    why: the statute says
"""
    )


def test_what_is_taken_for_granted_is_left_out() -> None:
    written = yaml_text(made_file(made_value()))
    assert [key for key in ("offences", "answer", "decisions", "dispute", "notes") if f"{key}:" in written] == []
    assert type(read_model(read_yaml(written.encode(), "file.yaml"), CountryValues)) is CountryValues
