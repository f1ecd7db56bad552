"""Two releases of a growing dataset: refused while the second would tell what one new answer said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kuule.core.problems import PublishingError
from kuule.disclosure.carried_forward import PublishedColumn
from kuule.disclosure.ledger import Ledger
from kuule.disclosure.ledger_entry import LedgerEntry
from kuule.disclosure.successive_releases import ShownGroup
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, ReleasedColumn, WithheldReason
from kuule.tables.request import Subpopulation, TableRequest
from tests.disclosure.tables import origin
from tests.special_files import SPECIAL_FILES

RULES = DisclosureRules()
NORTH = AnswerSet("land", frozenset({"FI"}))
REQUESTS = (TableRequest("told"), TableRequest("told", "land"))
TOLD = ReleasedColumn(
    "",
    60,
    (
        ReleasedCell(40, 67),
        ReleasedCell(None, None, below_threshold=True, withheld_reason=WithheldReason.FEW),
        ReleasedCell(None, None, withheld_reason=WithheldReason.ALIKE),
    ),
    {**dict.fromkeys(Missing), Missing.NOT_ASKED: 12},
)


def entry(
    responses: int, dataset: str = "d1", requests=REQUESTS, rules: DisclosureRules = RULES, **known
) -> LedgerEntry:
    return LedgerEntry.for_tables(origin(responses, dataset), requests, rules, **known)


@pytest.fixture
def ledger(tmp_path):
    first = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    first.add(entry(400), RULES)
    return Ledger.for_dataset(tmp_path / "dataset-2", "our-voice")


@pytest.mark.parametrize("responses", [371, 399, 400, 401, 429])
def test_enter_refuses_a_dataset_that_is_too_near_to_a_released_one(ledger, responses):
    with pytest.raises(PublishingError, match="REPORT_030"):
        ledger.add(entry(responses, "d2"), RULES)
    assert ledger.entries() == (entry(400),)


@pytest.mark.parametrize("responses", [370, 430])
def test_enter_notes_a_dataset_that_has_changed_enough(ledger, responses):
    ledger.add(entry(responses, "d2"), RULES)
    assert ledger.entries() == (entry(400), entry(responses, "d2"))


def test_enter_allows_the_same_release_again_and_notes_it_once(ledger):
    ledger.add(entry(400, requests=REQUESTS[::-1]), RULES)
    assert ledger.entries() == (entry(400),)


@pytest.mark.parametrize(
    "rules",
    [
        DisclosureRules(noise_variance=4),
        DisclosureRules(sensitive=frozenset({"told"})),
        DisclosureRules(groups={"land": {"n": NORTH}}),
    ],
)
def test_enter_refuses_other_rules_for_a_released_dataset(ledger, rules):
    with pytest.raises(PublishingError, match=r"REPORT_030.*has \+0"):
        ledger.add(entry(400, rules=rules), rules)


def test_enter_notes_more_tables_and_other_words_of_a_released_dataset(ledger):
    more = entry(400, requests=(*REQUESTS, TableRequest("who")))
    edition = entry(400, requests=(TableRequest("told", None, Subpopulation("land", "n")),), only="land=n")
    swedish = entry(400, language="sv")
    for each in (more, edition, swedish):
        ledger.add(each, RULES)
    assert ledger.entries() == (entry(400), more, edition, swedish)


def test_all_reports_of_a_dataset_count_as_one_for_how_often_a_question_is_shown(ledger):
    """Those on groups of one cut are one look together, and nothing that the table by that cut does not have."""
    free = DisclosureRules(groups={"region": {"n": NORTH, "m": NORTH}, "age": {}})
    made = Ledger.for_dataset(ledger.path.parent / "x", "other")
    first = [TableRequest("told", f"q{number}") for number in range(6)]
    made.add(entry(400, requests=(TableRequest("told"), *first), rules=free), free)
    for code in ("n", "m"):
        within = Subpopulation("region", code)
        same = (TableRequest("told", None, within), TableRequest("told", "region"))
        made.add(entry(400, requests=same, rules=free, only=str(within)), free)
    with pytest.raises(PublishingError, match="REPORT_022 tables of told: 'told' stands in 9 tables"):
        made.add(entry(400, requests=(TableRequest("told", "age", Subpopulation("region", "n")),), rules=free), free)
    made.add(entry(430, "d2", requests=(TableRequest("told", "age", Subpopulation("region", "n")),), rules=free), free)


def test_enter_compares_with_every_release_and_not_only_the_last(ledger):
    ledger.add(entry(500, "d2"), RULES)
    with pytest.raises(PublishingError, match="REPORT_030"):
        ledger.add(entry(405, "d3"), RULES)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"format": 1, "releases": []}',
        '{"format": 2, "releases": []}',
        '{"format": 3, "releases": [{}]}',
        '{"format": 4, "releases": [{}]}',
        '{"format": 5, "releases": [{}]}',
        '{"format": 6, "releases": []}',
    ],
)
def test_enter_refuses_a_ledger_that_cannot_be_read(ledger, content):
    ledger.path.write_text(content)
    with pytest.raises(PublishingError, match="REPORT_031"):
        ledger.add(entry(1000, "d2"), RULES)
    assert ledger.path.read_text() == content


@pytest.mark.parametrize("kind", SPECIAL_FILES)
def test_enter_refuses_a_ledger_that_is_no_file(ledger, kind):
    """A link to a disk that is not mounted was taken for no ledger, and a first release for everything."""
    ledger.path.unlink()
    SPECIAL_FILES[kind][0](ledger.path)
    with pytest.raises(PublishingError, match="REPORT_031"):
        ledger.add(entry(1000, "d2"), RULES)
    assert not ledger.path.is_file() or ledger.path.stat().st_size > 1000


def test_ledger_keeps_what_a_release_is_rebuilt_from(tmp_path):
    made = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    north = (AnswerSet("age", frozenset({"old"})), NORTH)
    shown = (ShownGroup("", (), 400, 1, 400, 1), ShownGroup("told", north, 60, 2, 70, 3))
    known = {"only": "land=n", "language": "sv", "text": "e" * 64, "report": "f" * 64, "kuule": "1.2"}
    published = (
        PublishedColumn("", (), (), ReleasedColumn("", 402, (), dict.fromkeys(Missing))),
        PublishedColumn("told", north, ("yes", "no", "unsure"), TOLD),
    )
    one = LedgerEntry.for_tables(origin(400, "d1", key=0xABC), REQUESTS, RULES, until="2027-06-30", **known)
    made.add(one.with_shown_groups(shown, published), RULES)
    [noted] = json.loads(made.path.read_text())["releases"]
    assert noted == known | {
        "dataset": "d1",
        "record_keys": "00000abc",
        "responses": 400,
        "requests": ["told", "told by land"],
        "smallest_base": 30,
        "smallest_count": 10,
        "noise_variance": 3,
        "noise_bound": 5,
        "rules": noted["rules"],
        "noise": 3,
        "codings": [],
        "until": "2027-06-30",
        "published": ["402 - -,-,-,-,-,- -", "60 40:67,<,alike 12,-,-,-,-,- told age~759cfd1d land~f18984c1"],
        "rows": {"told": ["yes", "no", "unsure"]},
        "shown": ["400 1 400 1 -", "60 2 70 3 told age~759cfd1d land~f18984c1"],
        "groups": {"age~759cfd1d": ["age", False, "old"], "land~f18984c1": ["land", False, "FI"]},
    }
    [back] = made.entries()
    assert (back.report, back.kuule, back.until, back.shown) == ("f" * 64, "1.2", "2027-06-30", shown)
    assert back.published == published


def as_format_3(path) -> None:
    """What the version before wrote."""
    content = json.loads(path.read_text())
    for each in content["releases"]:
        for name in ("noise", "until", "published", "rows", "codings"):
            del each[name]
    path.write_text(json.dumps({**content, "format": 3}))


def test_ledger_of_format_3_holds_for_later_datasets_and_is_written_anew(tmp_path):
    made = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    shown = ShownGroup("told", (NORTH,), 60, 2, 70, 3)
    made.add(entry(60, "d1", shown=(shown,), kuule="0.9"), RULES)
    as_format_3(made.path)
    [noted] = made.entries()
    assert (noted.noise, noted.shown) == (2, (shown,))
    with pytest.raises(PublishingError, match="REPORT_030"):
        made.add(entry(61, "d2"), RULES)
    made.add(entry(160, "d2"), RULES)
    assert [each.noise for each in made.entries()] == [2, 3]
    assert made.earlier_shown_groups(entry(160, "d2")) == (shown,)


def test_ledger_of_format_4_is_read_and_knows_no_codes(tmp_path):
    made = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    made.add(entry(60, "d1"), RULES)
    content = json.loads(made.path.read_text())
    for each in content["releases"]:
        del each["codings"]
    made.path.write_text(json.dumps({**content, "format": 4}))
    assert made.entries() == (entry(60, "d1"),)
    assert made.entries()[0].codings == ()


def test_codes_are_in_one_coding_of_a_dataset(tmp_path):
    """The same coding may be shown again, and another dataset may have another."""
    made = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    made.add(entry(60, "d1", codings=("wish:codes aa",)), RULES)
    made.add(entry(60, "d1", language="sv", codings=("wish:codes aa", "other:codes cc")), RULES)
    made.add(entry(60, "d1", language="fi"), RULES)
    with pytest.raises(PublishingError, match=r"REPORT_062 .*the table wish:codes was published from this dataset"):
        made.add(entry(60, "d1", language="de", codings=("wish:codes bb",)), RULES)
    made.add(entry(160, "d2", codings=("wish:codes bb",)), RULES)


def test_enter_refuses_a_dataset_of_which_a_report_has_other_noise(tmp_path):
    """With both, how many were not asked a question would have been seen through two noises."""
    made = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    made.add(entry(60, "d1", kuule="0.9"), RULES)
    as_format_3(made.path)
    before = made.path.read_text()
    with pytest.raises(PublishingError, match=r"REPORT_034.*were made by Kuule 0\.9, whose noise was another"):
        made.add(entry(60, "d1", language="sv"), RULES)
    assert made.path.read_text() == before


def test_earlier_is_what_was_shown_of_other_datasets_before_a_release_was_made_first(tmp_path):
    made = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    first, second = ShownGroup("told", (), 60, 1, 60, 1), ShownGroup("told", (), 160, 2, 160, 2)
    made.add(entry(60, "d1", shown=(first,)), RULES)
    made.add(entry(160, "d2", shown=(second,)), RULES)
    assert made.earlier_shown_groups(entry(60, "d1")) == ()
    assert made.earlier_shown_groups(entry(160, "d2")) == (first,)
    assert made.earlier_shown_groups(entry(160, "d2", only="land=n")) == (first,)
    assert made.earlier_shown_groups(entry(60, "d1", only="land=n")) == (second,)


def test_standing_is_what_the_largest_dataset_showed_before_a_release_was_made_first(tmp_path):
    made = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    one = PublishedColumn("told", (NORTH,), ("yes", "no", "unsure"), TOLD)
    for dataset, responses in (("d1", 100), ("d2", 400), ("d3", 200)):
        column = replace(TOLD, base=responses - 3)
        made.add(entry(responses, dataset).with_shown_groups((), [replace(one, column=column)]), RULES)
    found = made.last_published_columns(entry(800, "d4"))
    assert found == {("told", (NORTH,)): replace(one, column=replace(TOLD, base=397, carried_from="d2"))}
    assert made.last_published_columns(entry(400, "d2"))["told", (NORTH,)].column.carried_from == "d1"
    assert made.last_published_columns(entry(100, "d1")) == {}


def test_release_of_a_dataset_without_a_key_has_a_key_of_zeros():
    made = LedgerEntry.for_tables(origin(400, key=None), REQUESTS, RULES)
    assert made.record_keys == "00000000"


def test_release_is_found_by_its_file_and_by_its_name_alone(tmp_path):
    made = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    one, other = (entry(size, name).with_file_hash(name.encode()) for size, name in ((100, "d1"), (400, "d2")))
    for each in (one, other):
        made.add(each, RULES)
    for each in (one, other):
        assert made.find(each.report) == made.find(each.report[:8].upper()) == made.find(each.release_name) == each
        assert made.published_page(each) == each.report
    assert made.published_page(entry(800, "d4")) == ""
    for unknown in (one.report[:7], "0" * 8, ""):
        with pytest.raises(PublishingError, match="REPORT_032"):
            made.find(unknown)


def test_standing_has_nothing_of_a_larger_dataset(tmp_path):
    """A further report on a dataset that has grown since would say that few joined since a later one."""
    made = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    one = PublishedColumn("told", (NORTH,), ("yes", "no", "unsure"), TOLD)
    made.add(entry(100, "d1"), RULES)
    made.add(entry(400, "d2").with_shown_groups((), [one]), RULES)
    assert made.last_published_columns(entry(100, "d1", only="land=n")) == {}


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ({"until": ""}, {"until": "2027-06-30"}),
        ({"until": "2027-06-30"}, {"until": "2028-06-30"}),
        ({"rules": DisclosureRules(noise_variance=4)}, {}),
        ({"rules": DisclosureRules(smallest_count=12)}, {}),
    ],
)
def test_standing_has_nothing_of_other_thresholds_or_of_another_last_day_of_taking_back(tmp_path, then, now):
    """On a later day somebody may have taken back what an earlier report counts: it is in nothing that is published
    afterwards."""
    made = Ledger.for_dataset(tmp_path / "dataset-1", "our-voice")
    one = PublishedColumn("told", (NORTH,), ("yes", "no", "unsure"), TOLD)
    rules = then.get("rules", RULES)
    made.add(entry(100, "d1", **then).with_shown_groups((), [one]), rules)
    assert made.last_published_columns(entry(400, "d2", **now)) == {}
    assert len(made.last_published_columns(entry(400, "d2", **{"rules": rules, **then}))) == 1


def test_ledger_is_for_its_owner_only_and_of_one_study(ledger):
    assert ledger.path.stat().st_mode & 0o777 == 0o600
    assert Ledger.for_dataset(ledger.path.parent / "x", "other").entries() == ()
