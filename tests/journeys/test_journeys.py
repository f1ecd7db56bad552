"""The main job in real browsers with script off: answered, sent, archived, opened, counted, reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kuule.analysis.counting import count_tables
from kuule.cli.report import write_report
from kuule.dataset.columns import RECORD_KEY
from kuule.dataset.read import read_dataset
from kuule.rehearsal.crowd import rehearse
from kuule.tables.request import TableRequest
from tests.conftest import browser_path
from tests.journeys.chromium import Chromium
from tests.journeys.firefox import Firefox
from tests.journeys.house import House, build, free_port, open_house
from tests.journeys.person import Person, Window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

WINDOWS: Mapping[str, Callable[[], Chromium | Firefox]] = {
    "chromium": lambda: Chromium(browser_path("chromium")),
    "firefox": lambda: Firefox(browser_path("firefox"), free_port()),
}
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
    ("chromium", "en", "long"),
    ("firefox", "ar", "long"),
    ("firefox", "en", "short"),
    ("chromium", "ar", "short"),
]
REST = [
    (browser, tag, path)
    for browser in WINDOWS
    for tag in ("en", "ar", "sv")
    for path in ("long", "short")
    if (browser, tag, path) not in SAMPLE
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(build(tmp_path_factory.mktemp("house"))) as running:
        yield running


def answer(house: House, window: Window, tag: str, answers: Answers) -> Person:
    person = Person(window, answers)
    person.begin(house.url, tag)
    html = person.document()
    assert (html.get("lang"), html.get("dir")) == (tag, "rtl" if tag == "ar" else "ltr")
    person.answer_all()
    assert person.form() is None, person.text()
    return person


@pytest.mark.parametrize(
    ("browser", "tag", "path"),
    [*SAMPLE, *(pytest.param(*one, marks=pytest.mark.whole) for one in REST)],
)
def test_journey_is_sealed_and_opened_as_it_was_answered(tmp_path: Path, browser: str, tag: str, path: str):
    answers = LONG if path == "long" else SHORT
    with open_house(build(tmp_path / "house")) as house:
        with WINDOWS[browser]() as window:
            person = answer(house, window, tag, answers)
        [record] = house.records(house.archive())
        dataset = read_dataset(house.dataset(house.folder / "answers.archive"))
    entered = {place: value for place, value in record["answers"].items() if not place.endswith("/demand_name")}
    assert entered == person.given
    assert {place.rsplit("/", 1)[1] for place in entered} == set(answers)
    assert (record["language"], record["edition"], record["study"]) == (tag, house.edition.id, "our-voice")
    assert row_of(dataset.frame.collect().to_dicts()[0]) == expected_row(tag, answers, record["missing"])


def expected_row(tag: str, answers: Answers, missing: Mapping[str, str]) -> dict[str, object]:
    """One row as an analyst has it: a select_many is a column a choice that is True, a missing answer its reason."""
    row: dict[str, object] = {"language": tag}
    for item, value in answers.items():
        if item == "wish":
            continue
        if isinstance(value, tuple):
            row |= {f"{item}/{code}": True for code in value}
        elif value in ("prefer_not_to_say", "do_not_know"):
            row[f"{item}:missing"] = value
        else:
            row[item] = value
    return row | {f"{place.rsplit('/', 1)[1]}:missing": reason for place, reason in missing.items()}


def row_of(cells: dict[str, object]) -> dict[str, object]:
    """The cells of a row that say something, apart from edition, link, week and record key."""
    left = ("edition", "link", "week", "demand_name", "demand_name:missing", RECORD_KEY)
    return {name: value for name, value in cells.items() if value not in (None, False, "") and name not in left}


def test_report_counts_the_answers_of_journeys_and_crowd(house: House):
    today = datetime.now(UTC).date()
    crowd = rehearse(house.url, house.edition, responses=60, seed=5, today=today)
    assert crowd.sent + crowd.stopped + crowd.left + crowd.withdrawn == 60
    before = read_dataset(house.dataset(house.archive("before.archive"), "before"))
    with WINDOWS["chromium"]() as window:
        answer(house, window, "en", SHORT)
        answer(house, window, "ar", LONG)
    after = read_dataset(house.dataset(house.archive("after.archive"), "after"))
    assert (before.info.responses, after.info.responses) == (crowd.sent, crowd.sent + 2)
    added = differences(before, after)
    assert added["told"] == {"yes": 1, "no": 1}
    assert added["kinds"] == {"in_person": 2, "online": 2}
    assert added["first_age"] == {"6_to_9": 2}
    assert added["age_band"] == {"35_to_44": 1, "45_to_54": 1}
    report = write_report(house.folder / "after", house.folder / "report.html").read_text(encoding="utf-8")
    assert "practice" in report.lower()
    assert "<script" not in report


def differences(before, after) -> dict[str, dict[str, int]]:
    """How much more often each answer is counted."""
    requests = [TableRequest(item) for item in ("told", "kinds", "first_age", "age_band")]
    pairs = zip(count_tables(before, requests), count_tables(after, requests), strict=True)
    found = {}
    for old, new in pairs:
        counts = zip(new.rows, old.columns[0].counts, new.columns[0].counts, strict=True)
        found[new.request.item] = {code: more - less for code, less, more in counts if more != less}
    return found
