"""The main job in real browsers with script off: answered, sent, archived, opened, counted, reported.

In a language other than the study's own, no sentence of that shows on any page.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kuule.analysis.crosstabs.counting import count_tables
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.rehearsal.crowd import rehearse
from kuule.tables.request import TableRequest
from tests.frozen import in_few_languages
from tests.journeys.house import House, build, open_house
from tests.journeys.person import Window
from tests.journeys.reader import Reader, borrowed
from tests.report_pages import write_report
from tests.sampling import matrix

pytestmark = pytest.mark.browser

Answers = Mapping[str, str | tuple[str, ...]]
SHORT: Answers = {
    "consent": "yes", "adult": "yes", "path": "short", "age_band": "35_to_44", "gender": "woman", "residence": "SE",
    "way_happened": "go_on", "kinds": ("in_person", "online"), "first_age": "6_to_9",
    "who": ("other_relative", "family_friend"), "act_country": "FI", "told": "no", "helped": "prefer_not_to_say",
}  # fmt: skip
LONG: Answers = {
    **SHORT, "path": "long", "age_band": "45_to_54", "gender": "man", "residence": "JO", "heard_from": "organisation",
    "answered_before": "no", "how_often": "a_few_times", "how_long": "under_1_year", "what_ended": ("grew_older",),
    "way_who": "go_on", "how_many": "one", "trusted": "yes", "their_age": "adults", "way_where": "go_on",
    "settings": ("other_home", "organisation"), "organisation_kind": ("sports",), "organisation_knew": "do_not_know",
    "way_online": "go_on", "online_any": "yes", "online_kinds": ("solicitation", "images"),
    "online_first_age": "13_to_15", "online_services": ("games",), "images_shared": "do_not_know",
    "way_telling": "go_on", "told": "yes", "told_when": "over_20_years", "told_whom": ("friend", "therapist"),
    "told_response": ("listened", "believed"), "barriers": ("no_words", "shame"), "easier": ("asked",), "helped": "yes",
    "help_kinds": ("therapy",), "what_helped": ("belief", "time"), "way_consequences": "go_on",
    "areas": ("sleep", "trust"), "affects_now": "a_little", "way_justice": "pass_over", "wish": "مرحبا: to be asked",
    "quote_ok": "no",
}  # fmt: skip
SAMPLE = [
    ("chromium", "el", "long", "GR"),
    ("firefox", "ar", "long", "JO"),
    ("chromium", "ar", "long", "MA"),
    ("firefox", "en", "short", "SE"),
]
MOST = SAMPLE[2:]
"""The rest of the sample has a third script, and the long path in the other browser."""
REST = [
    ("chromium", "ar", "short", "EG"),
    ("chromium", "en", "long", "IE"),
    ("chromium", "en", "short", "FI"),
    ("chromium", "sv", "long", "SE"),
    ("chromium", "sv", "short", "AX"),
    ("firefox", "en", "long", "MT"),
    ("firefox", "ar", "short", "LB"),
    ("firefox", "sv", "long", "NO"),
    ("firefox", "sv", "short", "DK"),
]
"""Browser, language, path, and where they live: of two who answer all alike, the dataset sets one aside. The sample has
both browsers, both paths, three scripts and both directions; the rest is how they go together."""
COUNTED = ("told", "kinds", "first_age", "age_band")


@dataclass
class Opened:
    """The house, and what was opened of it last."""

    house: House
    records: Counter[str] = field(default_factory=Counter)
    times: int = 0

    def again(self) -> tuple[list[dict[str, object]], Dataset]:
        """The records that came since it was opened last, and the dataset of all that was sent."""
        self.times += 1
        archive = self.house.archive(f"archive-{self.times}")
        found = Counter(json.dumps(record) for record in self.house.records(archive))
        new = [json.loads(record) for record in (found - self.records).elements()]
        self.records = found
        return new, read_dataset(self.house.dataset(archive, f"dataset-{self.times}"))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A house in which a crowd has answered. The study is in the languages that are asked for here."""
    study = in_few_languages(tmp_path_factory.mktemp("study") / "study", "ar", "el", "sv")
    with open_house(build(tmp_path_factory.mktemp("house"), study)) as house:
        crowd = rehearse(house.url, house.edition, responses=20, seed=5, today=datetime.now(UTC).date())
        assert crowd.sent + crowd.stopped + crowd.left + crowd.withdrawn == 20
        opened = Opened(house)
        records, dataset = opened.again()
        assert len(records) == dataset.info.responses == crowd.sent > 5
        yield opened


def answer(house: House, window: Window, tag: str, answers: Answers) -> Reader:
    person = Reader(window, answers)
    person.begin(house.url, tag)
    html = person.document()
    assert (html.get("lang"), html.get("dir")) == (tag, "rtl" if tag == "ar" else "ltr")
    person.answer_all()
    assert person.form() is None, person.text()
    return person


@pytest.mark.parametrize(
    ("window", "tag", "path", "residence"),
    [*matrix(SAMPLE, MOST), *(pytest.param(*one, marks=pytest.mark.whole) for one in REST)],
    indirect=["window"],
)
def test_journey_is_sealed_opened_and_counted_as_it_was_answered(
    opened: Opened, window: Window, tag: str, path: str, residence: str
) -> None:
    answers = {**(LONG if path == "long" else SHORT), "residence": residence}
    _, before = opened.again()
    person = answer(opened.house, window, tag, answers)
    [record], after = opened.again()
    given = {place: value for place, value in entered(record).items() if not place.endswith("/demand_name")}
    assert given == person.given
    assert {place.rsplit("/", 1)[1] for place in given} == set(answers)
    assert (record["language"], record["edition"], record["study"]) == (tag, opened.house.edition.id, "our-voice")
    assert rows(after) - rows(before) == Counter([frozenset(expected_row(tag, answers, missing(record)).items())])
    assert differences(before, after) == {item: dict.fromkeys(each(answers[item]), 1) for item in COUNTED}
    if path == "long" and tag != "en":
        assert borrowed(tag, person) == set()


def entered(record: Mapping[str, object]) -> dict[str, str]:
    answers = record["answers"]
    assert isinstance(answers, dict)
    return answers


def missing(record: Mapping[str, object]) -> dict[str, str]:
    found = record["missing"]
    assert isinstance(found, dict)
    return found


def each(answer: str | tuple[str, ...]) -> tuple[str, ...]:
    return (answer,) if isinstance(answer, str) else answer


def expected_row(tag: str, answers: Answers, missing: Mapping[str, str]) -> dict[str, object]:
    """One row as an analyst has it: a select_many is a column a choice that is True, a missing answer its reason. Words
    are elsewhere, and with them whether they may be quoted."""
    row: dict[str, object] = {"language": tag}
    for item, value in answers.items():
        if item in ("wish", "quote_ok"):
            continue
        if isinstance(value, tuple):
            row |= {f"{item}/{code}": True for code in value}
        elif value in ("prefer_not_to_say", "do_not_know"):
            row[f"{item}:missing"] = value
        else:
            row[item] = value
    named = {place.rsplit("/", 1)[1]: reason for place, reason in missing.items()}
    return row | {f"{item}:missing": reason for item, reason in named.items() if item != "quote_ok"}


def rows(dataset: Dataset) -> Counter[frozenset[tuple[str, object]]]:
    return Counter(frozenset(row_of(cells).items()) for cells in dataset.frame.collect().to_dicts())


def row_of(cells: dict[str, object]) -> dict[str, object]:
    """The cells of a row that say something, apart from edition, link, week and record key."""
    left = ("edition", "link", "week", "demand_name", "demand_name:missing", RECORD_KEY)
    return {name: value for name, value in cells.items() if value not in (None, False, "") and name not in left}


def test_report_of_what_was_answered_says_that_it_is_practice(opened: Opened, tmp_path: Path) -> None:
    folder = opened.house.dataset(opened.house.archive("archive"), "dataset")
    report = write_report(folder, tmp_path / "report.html").read_text(encoding="utf-8")
    assert "practice" in report.lower()
    assert "<script" not in report


def differences(before: Dataset, after: Dataset) -> dict[str, dict[str, int]]:
    """How much more often each answer is counted."""
    requests = [TableRequest(item) for item in COUNTED]
    pairs = zip(count_tables(before, requests), count_tables(after, requests), strict=True)
    found = {}
    for old, new in pairs:
        counts = zip(new.rows, old.columns[0].counts, new.columns[0].counts, strict=True)
        found[new.request.item] = {code: more - less for code, less, more in counts if more != less}
    return found
