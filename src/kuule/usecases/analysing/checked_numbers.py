"""Which number of the report the first steps beside an export find again, and how many people it is."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.analysis.crosstabs.counting import count_tables
from kuule.core.problems import PublishingError
from kuule.dataset.exports.guides.checked_number import CheckedNumber
from kuule.dataset.schema.codebook import CodebookItem
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.dataset.schema.variable_types import Coding, variable_type
from kuule.publishing.template.template_reader import read_template
from kuule.tables.missing import RESERVED_CHOICES
from kuule.tables.request import TableRequest

_TRIED = 8
"""How many questions are counted at most, to find one that somebody answered."""


def checked_number(dataset: Dataset) -> CheckedNumber | None:
    """The first share in the text of the report, else the commonest answer to the first question that people answered;
    None if there is none."""
    wanted = list(dict.fromkeys(_wanted(dataset)))[:_TRIED]
    tables = count_tables(dataset, [TableRequest(item) for item, _ in wanted])
    for (item, answer), table in zip(wanted, tables, strict=True):
        column = table.columns[0]
        counts = dict(zip(table.rows, column.counts, strict=True))
        code = answer or max(counts, key=counts.__getitem__, default="")
        if counts.get(code):
            bound = dataset.study.disclosure.noise_bound
            return CheckedNumber(item, code, table.origin.counted, column.base, counts[code], bound)
    return None


def _wanted(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Questions in the order in which they are tried, each with the answer that the report counts, or ""."""
    items = dataset.codebook.items
    suitable = {item.name for item in items.values() if _is_suitable(item)}
    try:
        template = read_template(dataset.report)
    except PublishingError:  # a text that cannot be read now: `kuule report` says what is wrong with it
        template = None
    if template is not None:
        for number in template.numbers:
            if number.kind == "share" and number.item in suitable and not number.more:
                yield number.item, number.answer
        for request in template.requests:
            if request.item in suitable:
                yield request.item, ""
    yield from ((name, "") for section in dataset.codebook.sections for name in section.items if name in suitable)


def _is_suitable(item: CodebookItem) -> bool:
    """Whether a column of the responses has its answers, as choices."""
    choices = [choice for choice in item.choices if choice not in RESERVED_CHOICES]
    coding = Coding.YES_NO if item.multiple else Coding.CHOICES
    return variable_type(item.control).coding is coding and not item.repeats and bool(choices)
