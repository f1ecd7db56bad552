"""Released tables for the tests of the page, through the door itself: there is no other way to have one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kuule.disclosure.differencing import AnswerSets, count_label, label_in_dataset
from kuule.disclosure.release import release
from kuule.disclosure.release_origin import release_origin
from kuule.disclosure.required_tables import ReleaseCandidate
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedOrigin, ReleasedTable
from kuule.tables.request import TableRequest
from kuule.tables.result import CellKeys, Column, DataOrigin, ResultTable
from kuule.tables.wording import ItemWording, Wording

RULES = DisclosureRules()


def origin(*, rehearsal: bool = False, responses: int = 400, unopened: int = 0) -> DataOrigin:
    known = ("our-voice", "0123456789abcdef", ("e1" * 32,), rehearsal, responses, ("en", "sv"), unopened)
    return DataOrigin(*known, key=key_without_noise(responses))


def key_without_noise(count: int, about: str = "") -> int:
    """A cell key to which no noise belongs: so a test of the page can say its numbers."""
    return next(key for key in range(10_000) if RULES.noise.perturb(count, key, about) == count)


def released_origin(**known: object) -> ReleasedOrigin:
    return release_origin(origin(**known), RULES)


def result(
    item: str, columns: Mapping[str, Mapping[str, int]], cut: str | None = None, **known: object
) -> ReleaseCandidate:
    """A table from {group: {answer or "!reason": people}}; every group has the same answers. Nothing is around them."""
    rows = [code for code in next(iter(columns.values())) if not code.startswith("!")]
    made, whence = [], origin(**known)
    for code, counts in columns.items():
        missing = {reason: counts.get(f"!{reason}", 0) for reason in Missing}
        base = sum(counts[row] for row in rows)
        people = () if cut is None else (AnswerSet(cut, frozenset({code})),)

        def about(row: str | None = None, people: AnswerSets = people) -> str:
            return label_in_dataset(whence.key or 0, count_label(item, people, row))

        keys = _keys(counts, rows, missing, about)
        made.append(Column(code, base, tuple(counts[row] for row in rows), missing, keys))
    exact = ResultTable(TableRequest(item, cut), whence, tuple(rows), tuple(made), False)
    return ReleaseCandidate(exact, dict.fromkeys(columns, ()))


def _keys(
    counts: Mapping[str, int], rows: list[str], missing: Mapping[Missing, int], about: Callable[..., str]
) -> CellKeys:
    """No noise on what is shown. The complement of an answer has what it has: only whether it is small is asked."""
    return CellKeys(
        key_without_noise(sum(counts[row] for row in rows), about()),
        tuple(key_without_noise(counts[row], about(row)) for row in rows),
        {reason: key_without_noise(count, about()) for reason, count in missing.items()},
    )


TOLD = {"yes": 203, "no": 156, "!passed_over": 41}
BY_LAND = {"nordic": {"yes": 153, "no": 56}, "elsewhere": {"yes": 50, "no": 100}}
BY_SMALL = {"nordic": {"yes": 153, "no": 86}, "elsewhere": {"yes": 50, "no": 50}, "islands": {"yes": 9, "no": 11}}


def tables(by: Mapping[str, Mapping[str, int]] = BY_LAND, **known: object) -> tuple[ReleasedTable, ...]:
    return release([result("told", {"": TOLD}, **known), result("told", by, "land", **known)], RULES)


def wording(tag: str = "en", question: str = "Had you told anyone?") -> Wording:
    return Wording(
        language=tag,
        title="Our Voice",
        organisation="Example Organisation",
        items={
            "told": ItemWording("told", question, {"yes": "Yes, someone", "no": "No, <never>"}),
            "age": ItemWording("age", "How old are you?", {"young": "Young", "old": "Old"}, order_matters=True),
        },
        cuts={"land": ("Region", {"nordic": "Nordic countries", "elsewhere": "Elsewhere", "islands": "Islands"})},
    )
