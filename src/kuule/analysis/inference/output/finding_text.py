"""Numbers of an analysis as short texts with their intervals, and Markdown tables whose columns line up."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.analysis.inference.findings import DifferenceRow, ShareRow, SignificanceRow

MEASURE_LABELS = {
    "difference": "difference in points",
    "risk_ratio": "ratio of shares",
    "odds_ratio": "odds ratio",
    "cohens_h": "Cohen's h",
    "superiority": "stands higher, in 100 pairs",
    "cliffs_delta": "Cliff's delta",
    "median_difference": "difference of medians",
}
_HUNDREDTHS = frozenset({"difference", "superiority"})
_SMALLEST_P = 0.0001


def share_text(row: ShareRow) -> str:
    """A share as text, like `312 · 41.2 % (37.8 to 44.7)`."""
    if row.share is None:
        return "–"
    text = f"{row.count:,} · {row.share * 100:.1f} %"
    if row.chance_low is None or row.chance_high is None:
        return f"{text} (too few)"
    return f"{text} ({row.chance_low * 100:.1f} to {row.chance_high * 100:.1f})"


def difference_text(row: DifferenceRow) -> str:
    """The value and its interval as text, times 100 for measures that are shares."""
    if row.value is None:
        return f"– ({row.note})"
    times = 100 if row.measure in _HUNDREDTHS else 1
    digits = 1 if times == 100 else 2
    sign = "+" if row.measure in ("difference", "median_difference", "cliffs_delta", "cohens_h") else ""
    text, *ends = (
        "" if each is None else f"{round(each * times, digits) + 0.0:{sign}.{digits}f}"
        for each in (row.value, row.chance_low, row.chance_high)
    )
    return f"{text} ({ends[0]} to {ends[1]})" if all(ends) else text


def significance_text(row: SignificanceRow) -> str:
    """Like `chi-squared 12.30, df 2, n 1,204, p 0.0021 (Holm 0.04, BH 0.01); V 0.10 (corrected 0.09, 0.04 to
    0.15). note`."""
    if row.chance_p is None:
        return f"no test: {row.note}" if row.test == "none" else f"{row.test}: no p, {row.note}"
    parts = [row.test if row.statistic is None else f"{row.test} {row.statistic:,.2f}"]
    parts += [] if row.df is None else [f"df {row.df}"]
    parts += [f"n {row.people:,}", p_text(row.chance_p)]
    text = ", ".join(parts) + f" ({p_text(row.chance_p_holm, 'Holm')}, {p_text(row.chance_p_bh, 'BH')})"
    if row.effect_size is not None:
        less = [] if row.effect_corrected is None else [f"corrected {row.effect_corrected:.2f}"]
        if row.effect_low is not None and row.effect_high is not None:
            less.append(f"{row.effect_low:.2f} to {row.effect_high:.2f}")
        text += f"; {row.effect} {row.effect_size:.2f}" + (f" ({', '.join(less)})" if less else "")
    return f"{text}. {row.note}" if row.note else text


def p_text(value: float | None, name: str = "p") -> str:
    """A p value as text. A very small one is "< 0.0001", because no p is zero."""
    if value is None:
        return f"{name} –"
    return f"{name} < {_SMALLEST_P}" if value < _SMALLEST_P else f"{name} {value:.4f}"


def number_text(value: float) -> str:
    """A number as text, without a decimal point if it is whole."""
    return f"{value:g}"


def markdown_table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns line up even when it is not rendered."""
    rows = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in (head, *lines)]
    widths = [max(3, *(len(row[place]) for row in rows)) for place in range(len(head))]
    padded = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([padded[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *padded[1:]])


def drop_empty_columns(
    head: Sequence[str], lines: Sequence[Sequence[str]]
) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """The heading and the lines without columns that are empty in every line."""
    keep = [place for place in range(len(head)) if any(line[place] for line in lines)]
    return [head[place] for place in keep], [[line[place] for place in keep] for line in lines]
