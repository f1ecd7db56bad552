"""What someone who watches an encrypted connection can guess: many random visits, of which only the lengths and numbers
of pages are recorded.

The answers of each visit are guessed from the fifteen visits that look most like it: once by the number of pages only,
and once also by the length of every page. What the second guess adds to the first is what lengths reveal.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import lxml.html

from bench.line import Line
from bench.long_visit import STUDY
from bench.serving import served

Row = tuple[str, str]
PEOPLE = 350
_ALIKE = 15
_MOST_PAGES = 200
_LEAST_OF_BOTH = 30
"""An answer is guessed if at least this many people gave it and this many did not."""
_SHOWN = 12
_ENDS = 0.05
"""The share of people who say no at a gate."""


@dataclass(slots=True)
class Seen:
    """One visit: the bytes of each page's body and of each form without its token. `answers` is what has to be
    guessed."""

    down: list[int] = field(default_factory=list)
    up: list[int] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    ended: str = ""


def measure() -> list[Row]:
    """Rows of the table: the lengths that occur, and the answers that are guessed best."""
    with TemporaryDirectory() as name, served(STUDY, Path(name)) as port, Line(port) as line:
        visits = [_visit(line, random.Random(seed)) for seed in range(PEOPLE)]  # noqa: S311 -- people who do not exist
    whole = [visit for visit in visits if visit.ended == "sent"]
    rows = [("visits, and how they ended", _counted(visit.ended for visit in visits))]
    rows.append(("pages of a visit that was sent", f"{min(_pages(whole))} to {max(_pages(whole))}"))
    rows.append(("lengths of pages, bytes", _counted(size for visit in visits for size in visit.down)))
    rows.append(("pages of one visit have", f"{_most_lengths(visits)} lengths at most"))
    rows += _guesses("how a visit ended, by", visits, [{"ended": visit.ended} for visit in visits])
    return rows + _guesses("an answer, by", whole, [visit.answers for visit in whole])


def _guesses(title: str, visits: Sequence[Seen], answers: Sequence[dict[str, str]]) -> list[Row]:
    """The answers that are guessed best, and the mean of all: by chance, by the number of pages, and also by
    lengths."""
    found = []
    by_number, by_lengths = _alike([[len(visit.down)] for visit in visits]), _alike(list(map(_features, visits)))
    for name, value in _asked(answers):
        given = [one.get(name) == value for one in answers]
        numbers, lengths = _right(by_number, given), _right(by_lengths, given)
        found.append((lengths - numbers, f"{name}={value}", max(mean(given), 1 - mean(given)), numbers, lengths))
    if not found:
        return []
    best = sorted(found, key=lambda one: -max(one[3], one[4]) + one[2])[:_SHOWN]
    rows = [
        (f"{title} chance, number, lengths too: {name}", f"{_of(c)}, {_of(n)}, {_of(s)}") for _, name, c, n, s in best
    ]
    chance, number, sizes = (mean(shares) for shares in zip(*(one[2:] for one in found), strict=True))
    rows.append((f"mean of {len(found)}", f"{_of(chance)}, {_of(number)}, {_of(sizes)}"))
    most = max(found)
    rows.append(("most that lengths add", f"{most[0] * 100:+.1f} points ({most[1]})"))
    return rows


def _asked(answers: Sequence[dict[str, str]]) -> list[tuple[str, str]]:
    """Each answer that enough people gave and enough did not."""
    counted = Counter((name, value) for one in answers for name, value in one.items())
    many = len(answers) - _LEAST_OF_BOTH
    return sorted(pair for pair, count in counted.items() if _LEAST_OF_BOTH <= count <= many)


def _features(visit: Seen) -> list[int]:
    """The number of pages, how many have each length, and the positions of pages that are longer than most."""
    common = Counter(visit.down).most_common(1)[0][0]
    longer = [place for place, size in enumerate(visit.down) if size > common][:6]
    steps = [sum(size <= step for size in visit.down) for step in (4_096, 8_192, 16_384)]
    return [len(visit.down), *steps, *longer, *[0] * (6 - len(longer))]


def _alike(features: Sequence[Sequence[int]]) -> list[list[int]]:
    """For each visit, the other visits that look most like it; of equal ones, some at random."""
    found = []
    for place, own in enumerate(features):
        distances = [
            (sum(abs(a - b) for a, b in zip(own, other, strict=True)), (number * 7_919) % 10_007, number)
            for number, other in enumerate(features)
            if number != place
        ]
        found.append([number for _, _, number in heapq.nsmallest(_ALIKE, distances)])
    return found


def _right(alike: Sequence[Sequence[int]], given: Sequence[bool]) -> float:
    """How many are guessed correctly, each by the majority of the visits that look most like it."""
    guessed = (sum(given[number] for number in others) * 2 > _ALIKE for others in alike)
    return mean(guess == own for guess, own in zip(guessed, given, strict=True))


def _visit(line: Line, chance: random.Random) -> Seen:
    """One person, who answers every question at random, skips some, and passes most gates."""
    seen = Seen()
    page = _shown(line, seen, "GET", [])
    page = _shown(line, seen, "POST", _carried(page, "next"))
    for _ in range(_MOST_PAGES):
        buttons = {value.strip() for value in page.xpath("//form//button/@value")}
        if "send" in buttons:
            _shown(line, seen, "POST", _carried(page, "send"))
            seen.ended = "sent"
            break
        fields = _answers(page, chance, seen.answers)
        if not page.xpath("//form//input[@name='token']"):
            asked = [name for name in seen.answers if name in {"consent", "adult"}]
            seen.ended = f"stopped at {asked[-1]}"
            break
        go = _picked(page, chance, seen.answers)
        go = go or ("pass" if "pass" in buttons and chance.random() < _ENDS else "next")
        page = _shown(line, seen, "POST", [*_carried(page, go), *([] if go == "pass" else fields)])
    return seen


def _picked(page: lxml.html.HtmlElement, chance: random.Random, told: dict[str, str]) -> str:
    """A random choice if the choices are buttons, which is recorded; otherwise ""."""
    picks = sorted(str(value).strip() for value in page.xpath("//button[starts-with(@value, 'pick:')]/@value"))
    if not picks:
        return ""
    go: str = chance.choice(picks)
    (name,) = page.xpath("//input[@class='picked']/@name")
    told[name.rsplit("/", 1)[-1]] = go.partition(":")[2]
    return go


def _answers(page: lxml.html.HtmlElement, chance: random.Random, told: dict[str, str]) -> list[tuple[str, str]]:
    """An answer to every question of the page. What is answered when a question is asked last is recorded."""
    offered: dict[str, list[str]] = {}
    single = set()
    for element in page.xpath("//form//input[not(@type='hidden')] | //form//select"):
        name, kind = element.get("name", ""), element.get("type", "text")
        if "/" not in name or kind == "text":
            continue
        values = element.xpath("./option/@value") if element.tag == "select" else [element.get("value")]
        offered.setdefault(name, []).extend(values)
        if element.tag == "select" or kind == "radio":
            single.add(name)
    fields = []
    for name, values in offered.items():
        short = name.rsplit("/", 1)[-1]
        if short in {"consent", "adult"}:
            wanted = chance.random() > _ENDS
            value = next(one for one in values if (one.strip() == "yes") == wanted)
            told[short] = value.strip()
            fields.append((name, value))
        elif name in single:
            value = chance.choice(values)
            told[short] = value.strip()
            fields.append((name, value))
        else:
            fields += [(name, value) for value in values if chance.random() < 0.3]
    return fields


def _carried(page: lxml.html.HtmlElement, go: str) -> list[tuple[str, str]]:
    """The hidden fields of the page's form, and the button, as a browser posts them."""
    form = page.xpath("//form[@method='post']")[0]
    hidden = [(one.get("name"), one.get("value", "")) for one in form.xpath(".//input[@type='hidden']")]
    button = next(value for value in form.xpath(".//button/@value") if value.strip() == go)
    return [*hidden, ("go", button)]


def _shown(line: Line, seen: Seen, method: str, fields: list[tuple[str, str]]) -> lxml.html.HtmlElement:
    answer = line.ask(method, "/en", urlencode(fields).encode("ascii"))
    seen.down.append(answer.size)
    seen.up.append(len(urlencode([one for one in fields if one[0] != "token"])))
    return lxml.html.document_fromstring(answer.content)


def _pages(visits: Sequence[Seen]) -> list[int]:
    return [len(visit.down) for visit in visits]


def _most_lengths(visits: Sequence[Seen]) -> int:
    return max(len(set(visit.down)) for visit in visits)


def _counted(values: object) -> str:
    return ", ".join(f"{value}: {count:,}" for value, count in Counter(values).most_common())  # type: ignore[call-overload]


def _of(share: float) -> str:
    return f"{share * 100:.0f} %"
