"""What keeps languages from opening: of a few in a sentence each, of many each reason once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kuule.study.edition.readiness import LanguageReadiness

_FEW = 2


def closed_lines(answers: Iterable[LanguageReadiness]) -> Iterator[str]:
    """A line for each language that may not open yet or, where they are many, for each reason."""
    closed = [answer for answer in answers if not answer.may_open]
    if len(closed) <= _FEW:
        yield from map(str, closed)
        return
    yield f"{len(closed)} languages may not open yet: {', '.join(answer.tag for answer in closed)}"
    tags_by_reason: dict[str, list[str]] = {}
    for answer in closed:
        for reason in answer.shared_reasons or answer.reasons:
            tags_by_reason.setdefault(reason, []).append(answer.tag)
    for reason, tags in sorted(tags_by_reason.items(), key=lambda item: -len(item[1])):
        yield f"  {_who(tags, [answer.tag for answer in closed])}: {reason}"


def _who(tags: Sequence[str], closed: Sequence[str]) -> str:
    others = [tag for tag in closed if tag not in tags]
    if not others:
        return "all of them"
    return f"all but {', '.join(others)}" if len(others) <= _FEW < len(tags) else ", ".join(tags)
