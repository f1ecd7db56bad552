"""In how many tables a question stands: what is asked after an answer is a table of it too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.core.limits import MAX_TABLES_PER_QUESTION
from kuule.core.problems import PublishingError
from kuule.dataset.schema.columns import dataset_variables
from kuule.dataset.schema.routing import deciding_items
from kuule.disclosure.query_budget import check_query_budget, tables_per_question
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules, disclosure_rules
from kuule.publishing.template.template_reader import read_template
from kuule.study.freeze import freeze
from kuule.tables.request import Subpopulation, TableRequest
from kuule.usecases.releasing.new_release import release_requests
from tests.frozen import in_few_languages
from tests.study.small_study import rehearsal_key

RULES = DisclosureRules(
    groups={"region": {"n": AnswerSet("land", frozenset({"FI"}))}},
    rests_on={"when": {"told", "path"}, "whom": {"told", "path"}, "response": {"whom", "told", "path"}},
    routing=frozenset({"path"}),
)


def test_looks_counts_a_table_of_what_is_asked_after_an_answer_as_one_of_that_question():
    asked = [TableRequest("told"), TableRequest("when"), TableRequest("response"), TableRequest("when", "region")]
    assert tables_per_question(asked, RULES) == {"told": 4, "when": 2, "response": 1, "whom": 1}


def test_looks_counts_a_table_once_for_a_question_that_is_in_it_and_decides_who_is_asked():
    assert tables_per_question([TableRequest("when", "told"), TableRequest("when", "whom")], RULES) == {
        "when": 2,
        "told": 2,
        "whom": 1,
    }


def test_looks_counts_parts_of_one_table_along_the_routing_once():
    parts = [TableRequest("when", None, Subpopulation("region", code)) for code in "ab"]
    assert tables_per_question([*parts, TableRequest("when", "region")], RULES) == {"when": 1, "told": 1}


def test_looks_counts_what_follows_a_way_through_the_form_once_that_question_is_published_itself():
    assert tables_per_question([TableRequest("when"), TableRequest("path")], RULES)["path"] == 2
    assert tables_per_question([TableRequest("when")], replace(RULES, routing=frozenset()))["path"] == 1


def test_check_looks_nine_follow_ups_of_one_question_are_refused():
    rules = DisclosureRules(rests_on={f"q{each}": {"told"} for each in range(9)})
    asked = [TableRequest(f"q{each}") for each in range(9)]
    check_query_budget(asked[:8], rules)
    with pytest.raises(PublishingError, match="REPORT_022 tables of told: 'told' stands in 9 tables, or decides who"):
        check_query_budget(asked, rules)


def test_looks_of_a_release_of_the_study_that_ships_stay_within_the_limit(tmp_path):
    in_few_languages(tmp_path / "study", "sv")
    one = freeze(tmp_path / "study", rehearsal_key().public, tmp_path / "edition", drafts=True)
    known = dataset_variables([one])
    rules = disclosure_rules(one.study, deciding_items(known, [one]))
    asked = dict.fromkeys((*read_template(one.report).requests, *release_requests(one.study.publication)))
    found = tables_per_question(asked, rules)
    assert {name: found[name] for name in ("told", "reported", "online_any", "settings", "how_often", "residence")} == {
        "told": 7,
        "reported": 6,
        "online_any": 4,
        "settings": 3,
        "how_often": 2,
        "residence": 5,
    }
    assert found.most_common(1)[0][1] <= MAX_TABLES_PER_QUESTION
