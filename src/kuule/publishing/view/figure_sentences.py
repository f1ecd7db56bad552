"""The sentences below a figure, made from its numbers: the base, what is missing and why, and how to read it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kuule.publishing.report_catalogue import Words
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedColumn, ReleasedTable, WithheldReason
from kuule.tables.wording import ItemWording


def base_sentences(
    everyone: ReleasedColumn | None, table: ReleasedTable, item: ItemWording, words: Words, *, apart: bool = False
) -> Iterator[str]:
    """Sentences about the base: how many people the shares are calculated from, who could have been asked, and how to
    add up. `apart`: the table is not above them."""
    if everyone is None or everyone.base is None:
        yield words.say("bases_unknown_apart") if apart else words.say("bases_unknown")
    else:
        key = "base" if table.request.cut is None else "bases_apart" if apart else "bases"
        yield words.say(key, base=words.about(everyone.base))
    yield from asked_in_sentence(item, words)
    if table.multiple:
        yield words.say("several")
    if table.overlapping:
        yield words.say("overlapping")


def asked_in_sentence(item: ItemWording, words: Words) -> Iterator[str]:
    """Which editions asked a question, or asked it in these words; nothing if all did."""
    if item.asked_in is None:
        return
    editions = words.join_names([words.number(number) for number in item.asked_in.numbers])
    of = words.number(item.asked_in.of)
    if item.asked_in.reworded:
        yield words.say("asked_in_words", editions=editions, all=of)
    else:
        yield words.say("asked_in", editions=editions, all=of)


def missing_sentence(column: ReleasedColumn, words: Words) -> str:
    """Who is not in the base, by reason. Reasons that apply to few people or nobody are named together, without a
    number."""
    shown = [(reason, column.missing[reason]) for reason in Missing]
    reasons = [
        words.say(f"missing_{reason.value}", count=words.about(count)) for reason, count in shown if count is not None
    ]
    if not reasons:
        return words.say("missing_hidden")
    if len(reasons) < len(shown):
        reasons.append(words.say("missing_other"))
    return words.say("missing", reasons=words.join_clauses(reasons))


def reading_example(column: ReleasedColumn, table: ReleasedTable, item: ItemWording, words: Words) -> str:
    """One sentence that reads out the largest share of a column, or "" if no share is shown."""
    shown = [(cell, row) for row, cell in zip(table.rows, column.cells, strict=False) if cell.share is not None]
    if not shown or column.base is None:
        return ""
    cell, row = max(shown, key=lambda each: each[0].share or 0)
    return words.say(
        "read_one",
        base=words.about(column.base),
        share=words.share(cell.share),
        count=words.about(cell.count),
        answer=item.answers.get(row, row),
    )


def comparison_example(table: ReleasedTable, item: ItemWording, groups: Mapping[str, str], words: Words) -> str:
    """One sentence that reads out one answer for two groups: the answer that is shown for most groups or, of several,
    the one with the largest share. "" if none is shown."""
    best: tuple[int, int, int] | None = None
    for number, _row in enumerate(table.rows):
        shares = [column.cells[number].share for column in table.columns if column.cells]
        seen = [share for share in shares if share is not None]
        if seen and (best is None or (len(seen), seen[0]) > best[:2]):
            best = (len(seen), seen[0], number)
    if best is None:
        return ""
    number = best[2]
    shown = [column for column in table.columns if column.cells and column.cells[number].share is not None]
    # The two largest groups, because noise changes their shares least.
    shown.sort(key=lambda column: -(column.base or 0))
    answer = item.answers.get(table.rows[number], table.rows[number])
    first, second = shown[0], shown[1] if len(shown) > 1 else None
    share, group = words.share(first.cells[number].share), groups.get(first.code, first.code)
    if second is None:
        return words.say("read_group", answer=answer, share=share, group=group)
    return words.say(
        "read_groups",
        answer=answer,
        share=share,
        group=group,
        other_share=words.share(second.cells[number].share),
        other=groups.get(second.code, second.code),
    )


def reason_not_shown(table: ReleasedTable, shown: Sequence[ReleasedColumn], item: ItemWording, words: Words) -> str:
    """The sentence that says why a figure with the columns `shown` has no chart, or "" if it has one."""
    all_rows = len(table.withheld_rows) == len(table.rows)
    if not shown or all_rows:
        reasons = table.withheld_row_reasons.values() if shown else (column.withheld_reason for column in table.columns)
        return _all_withheld(set(reasons), item, words.number(table.smallest_base), words)
    if not any(cell.share is not None for column in shown for cell in column.cells):
        return words.say("no_cells")
    return ""


def _all_withheld(reasons: Collection[WithheldReason | None], item: ItemWording, smallest: str, words: Words) -> str:
    """The sentence that says why nothing of a figure is shown."""
    if WithheldReason.JOINED in reasons:
        return words.say("all_joined", smallest=smallest)
    if WithheldReason.NEAR in reasons:
        return words.say("all_near", smallest=smallest)
    if item.sensitive:  # a group in which nearly all gave the same answer must look like a small one
        return words.say("all_withheld", smallest=smallest)
    return words.say("all_few", smallest=smallest)


def reason_not_divided(table: ReleasedTable, item: ItemWording, title: str, words: Words) -> str:
    """The sentence that says why a figure by groups shows no groups."""
    reasons = {column.withheld_reason for column in table.columns} | set(table.withheld_row_reasons.values())
    small = reasons - {None} == {WithheldReason.FEW} and not item.sensitive
    return words.say("together_small", cut=title) if small else words.say("together", cut=title)
