"""Each reason for a missing answer, from sealed records to the sentence in the report, against a count by hand."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

from kuule.dataset.cleaning import cleaned_origin
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.disclosure.differencing import label_in_dataset
from kuule.disclosure.release import release
from kuule.disclosure.release_origin import release_origin
from kuule.disclosure.thresholds import disclosure_rules
from kuule.forms.record import Record
from kuule.publishing.render.report_html import report_html
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import report_view
from kuule.tables.missing import Missing
from kuule.usecases.reporting.released_report import count_for_release
from tests.dataset.small import FORM, edition, record
from tests.factories import make_dataset

TOLD = "/data/told"
OLDER = FORM.replace("|        | select_one told    | told      | Had you **told** it?   |\n", "")
REPORT = read_template("```figure\nquestion: told\n```\n\n```figure\nquestion: told\nby: region\n```\n")


def without(reason: Missing) -> Record:
    return replace(record(), missing={**record().missing, TOLD: reason})


def everyone() -> list[Record]:
    """People of each kind, in numbers that are not alike; those of the older edition were never asked at all."""
    older = replace(record(number=2), missing={path: why for path, why in record().missing.items() if path != TOLD})
    kinds = (
        (record({"told": "yes", "residence": "FI"}), 140),
        (record({"told": "no", "residence": "FR"}), 90),
        (record({"told": "no", "residence": "SE"}), 61),
        (record({"told": "prefer_not_to_say", "residence": "FI"}), 24),
        (without(Missing.NOT_ASKED), 33),
        (without(Missing.NOT_REACHED), 52),
        (without(Missing.PASSED_OVER), 71),
        (older, 41),
    )
    return [each for each, number in kinds for _ in range(number)]


def by_hand(records: list[bytes]) -> Counter[str]:
    """What each person said to "told", or why nothing, from the bytes of the records and nothing of ours."""
    found: Counter[str] = Counter()
    for content in records:
        read = json.loads(content)
        found[read["answers"].get(TOLD) or read["missing"].get(TOLD, "not_in_edition")] += 1
    return found


def test_missing_codes_are_counted_as_by_hand_and_said_in_the_report(tmp_path):
    people = everyone()
    records = [each.to_bytes() for each in people]
    make_dataset(people, [edition(2, OLDER), edition()], tmp_path / "ds")
    dataset = read_dataset(tmp_path / "ds")
    rules = disclosure_rules(dataset.study, dataset.codebook.rests_on)
    tables = count_for_release(dataset, REPORT.requests, rules)
    told = tables[0].table
    [column], expected = told.columns, by_hand(records)
    assert dict(zip(told.rows, column.counts, strict=True)) == {"yes": expected["yes"], "no": expected["no"]}
    assert column.missing == {reason: expected[str(reason)] for reason in Missing}
    html = report_html(
        report_view(
            REPORT,
            release(tables, rules),
            dataset.codebook.wording("en"),
            release_origin(cleaned_origin(dataset), rules),
        )
    )
    keys, about = column.keys.missing, label_in_dataset(told.origin.key or 0, "told")
    shown = {why: rules.noise.perturb(count, keys[why], about) for why, count in column.missing.items()}
    assert (
        f"Not in the base: about {shown[Missing.NOT_ASKED]} were not asked, because of earlier answers; "
        f"about {shown[Missing.NOT_IN_EDITION]} answered an edition without the question; "
        f"about {shown[Missing.NOT_REACHED]} finished before reaching it; "
        f"about {shown[Missing.PASSED_OVER]} skipped it; "
        f"about {shown[Missing.PREFER_NOT_TO_SAY]} preferred not to say; others: few or none." in html
    )
