"""Makes a dataset folder as `kuule open` leaves it, with answers of people who do not exist. It is made column by
column, and as large as you like.

The form, the codebook, the columns and the rules are real. Only the answers are drawn at random instead of being given
one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from bench.datasets import make_opened_dataset
from bench.serving import written
from kuule.core.files import file_sha256
from kuule.dataset.ingest.table_schemas import RESPONSES
from kuule.dataset.schema.columns import RECORD_KEY, DatasetVariable, dataset_variables
from kuule.dataset.schema.dataset_info import DATASET_FORMAT
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.opening.private_key import PrivateKey
from kuule.study.freeze import freeze
from kuule.tables.missing import Missing
from kuule.tables.result import KEY_MODULUS

QUESTIONS, MANY, NUMBERS, LANDS = 60, 10, 5, 60
"""The number of questions; how many of them have several answers, and how many a whole number; and the number of
answers to the first, which asks for a country."""
REGIONS = {f"region_{region}": [f"l{land}" for land in range(region, LANDS, 12)] for region in range(11)}
"""The countries of the twelfth region are all the others."""
GATES = ("consent", "age")
AGES = {"younger": ["c0", "c1"], "middle": ["c2"]}
PART = 1_000_000
_LANGUAGES = ("en", "sv", "fi", "de", "fr", "es", "it", "nl", "pl", "ru", "ar", "fa")
_EMPTY = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
_WHY = (Missing.NOT_ASKED, Missing.NOT_REACHED, Missing.PASSED_OVER, Missing.PREFER_NOT_TO_SAY, Missing.DO_NOT_KNOW)
_SHARES = (0.06, 0.04, 0.05, 0.01, 0.01)
"""The shares of those who gave no answer, by reason."""


def form() -> str:
    """Sixty questions: one answer of four to ten, several answers, whole numbers."""
    rows = ["| survey | | | | |", "| | type | name | label | required |"]
    rows += [f"| | select_one yn | {gate} | May we go on? | yes |" for gate in GATES]
    choices = ["| choices | | | |", "| | list_name | name | label |", "| | yn | yes | Yes |", "| | yn | no | No |"]
    for number in range(QUESTIONS - NUMBERS):
        kind = "select_multiple" if number >= QUESTIONS - NUMBERS - MANY else "select_one"
        rows.append(f"| | {kind} list_{number} | q{number} | What about number {number}? |")
        codes = [f"l{land}" for land in range(LANDS)] if number == 0 else [f"c{code}" for code in range(4 + number % 7)]
        codes += ["prefer_not_to_say", "do_not_know"]
        choices += [f"| | list_{number} | {code} | Answer {code} |" for code in codes]
    rows += [f"| | integer | q{number} | How many? |" for number in range(QUESTIONS - NUMBERS, QUESTIONS)]
    return "\n".join(rows + choices) + "\n"


def settings() -> str:
    """A study.toml with two groups, and with cleaning rules as in studies/our-voice."""
    return f"""\
id = "bench"
title = "A survey to count"
organisation = "An organisation"
audience = "public"
minimum_age = 18
source_language = "en"
discreet_title = "A survey"
retention_days = 365
[languages]
{chr(10).join(f'{tag} = {{ leave_to = "https://example.org/" }}' for tag in _LANGUAGES)}
{chr(10).join(f'[gates.{gate}]{chr(10)}question = "{gate}"{chr(10)}answer = "yes"' for gate in GATES)}
[cleaning]
empty = true
flags = ["hidden_field_filled"]
doubles_from = 30
{_group("region", "q0", REGIONS)}
{_group("age_group", "q1", AGES)}
"""


def _group(name: str, question: str, members: dict[str, list[str]]) -> str:
    rows = [f'{member} = {{ title = "{member}", values = {json.dumps(codes)} }}' for member, codes in members.items()]
    rows.append('rest = { title = "The rest", rest = true }')
    head = f'[groups.{name}]\ntitle = "{name}"\nquestion = "{question}"\n[groups.{name}.members]\n'
    return head + "\n".join(rows)


def make_dataset(folder: Path, responses: int, *, part: int = PART, seed: int = 1) -> Path:
    """Make the dataset in `folder`, which must not exist yet."""
    folder.mkdir(parents=True)
    study = written(folder / "study", form(), settings())
    (study / "languages").mkdir()
    for tag in _LANGUAGES[1:]:
        (study / "languages" / f"{tag}.po").write_text(_EMPTY.format(tag), "utf-8")
    key = PrivateKey.generate(bytes(range(32)), rehearsal=True)
    edition = freeze(study, key.public, folder / "edition", drafts=True)
    info = make_opened_dataset([], edition, key, folder / "ds")
    schema = pl.read_parquet_schema(folder / "ds" / RESPONSES)
    drawn = np.random.default_rng(seed)
    parts = []
    for start in range(0, responses, part):
        parts.append(folder / f"part-{start}.parquet")
        number = min(part, responses - start)
        _part(dataset_variables([edition]), edition.id, number, drawn).match_to_schema(schema).write_parquet(parts[-1])
    pl.concat([pl.scan_parquet(part) for part in parts]).sink_parquet(folder / "ds" / RESPONSES)
    for each in parts:
        each.unlink()
    files = {**info.files, RESPONSES: file_sha256(folder / "ds" / RESPONSES)}
    table = {"format": DATASET_FORMAT, **replace(info, responses=responses, files=files).to_json()}
    (folder / "ds" / "dataset.json").write_text(json.dumps(table), "utf-8")
    return read_dataset(folder / "ds").path


def _part(asked: tuple[DatasetVariable, ...], edition: str, number: int, drawn: np.random.Generator) -> pl.DataFrame:
    """Rows of answers. One in a thousand is a duplicate, and one in five hundred is empty."""
    twice = number // 1000
    own = number - twice
    columns = [pl.Series("edition", [edition], pl.Enum([edition])).new_from_index(0, own)]
    columns += _first(own, drawn)
    empty = drawn.random(own) < 0.002
    for variable in asked:
        if variable.name in GATES:
            columns += [
                pl.Series(name, [value], kind).new_from_index(0, own)
                for (name, kind), value in zip(variable.schema().items(), ("yes", None), strict=True)
            ]
            continue
        columns += _answers(variable, empty, drawn)
    frame = pl.DataFrame(columns)
    frame = pl.concat([frame, frame.head(twice)])
    return frame.with_columns(pl.Series(RECORD_KEY, drawn.integers(0, KEY_MODULUS, number, dtype=np.uint32)))


def _first(number: int, drawn: np.random.Generator) -> Iterator[pl.Series]:
    """The columns before the items, sorted as in a dataset."""
    weeks = [f"2026-W{week:02}" for week in range(1, 53)]
    for name, values in (("language", _LANGUAGES), ("link", ("", "k1", "k2", "k3")), ("week", weeks)):
        places = drawn.integers(0, len(values), number)
        yield pl.Series(name, values).gather(np.sort(places) if name == "language" else places)
    yield pl.Series("flags", ["", "hidden_field_filled"]).gather((drawn.random(number) < 0.003).astype(np.uint32))


def _answers(variable: DatasetVariable, empty: np.ndarray, drawn: np.random.Generator) -> Iterator[pl.Series]:
    why = pl.Series([*map(str, _WHY), None], dtype=pl.Enum([str(reason) for reason in Missing]))
    reason = drawn.choice(len(why), empty.size, p=(*_SHARES, 1 - sum(_SHARES)))
    reason[empty] = _WHY.index(Missing.PASSED_OVER)
    missing = pl.Series(reason < len(_WHY))
    if variable.multiple:
        for choice in variable.choices:
            chosen = pl.Series(drawn.random(empty.size) < 0.3)
            yield _given(variable.choice_column(choice), chosen, missing)
    elif variable.choices:
        codes = pl.Series(variable.substantive, dtype=pl.Enum(variable.substantive))
        likely = 1 / (1.5 + np.arange(len(codes)))
        places = drawn.choice(len(codes), empty.size, p=likely / likely.sum())
        yield _given(variable.name, codes.gather(places), missing)
    else:
        yield _given(variable.name, pl.Series(drawn.integers(0, 100, empty.size)), missing)
    yield why.gather(reason).alias(variable.missing_column)


def _given(name: str, values: pl.Series, missing: pl.Series) -> pl.Series:
    return pl.select(pl.when(~missing).then(values).alias(name)).to_series()
