"""Patterns that repeat a repetition: `(a+)+`, `(a|b*)*`. What such a pattern matches, it matches in many ways.

Seen: a group that is repeated without end, one alternative of which can be a repetition without end alone, or two
alternatives of which are the same. Not seen: alternatives that overlap in another way, and `.*.*.*` one after another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"(?P<escape>\\(?:[pPx]\{[^}]*\}|.))"
    r"|(?P<set>\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])"
    r"|(?P<open>\((?:\?(?:P?<\w+>|[:=!]|<[=!]|[a-zA-Z-]+:?))?)"
    r"|(?P<close>\))"
    r"|(?P<or>\|)"
    r"|(?P<times>[*+?]\??|\{\d+(?:,\d*)?\}\??)"
    r"|(?P<plain>.)",
    re.DOTALL,
)
_ENDLESS = re.compile(r"[*+]\??|\{\d+,\}\??")
_OPTIONAL = re.compile(r"[*?]\??|\{0(?:,\d*)?\}\??")


@dataclass(slots=True)
class _Part:
    """One thing of a sequence: `endless` where it is repeated without end, `optional` where it can be left out."""

    text: str
    endless: bool = False
    optional: bool = False


@dataclass(slots=True)
class _Group:
    start: int
    alternatives: list[list[_Part]] = field(default_factory=lambda: [[]])

    @property
    def ambiguous(self) -> bool:
        """Whether repeating it can match one text in many ways."""
        texts = ["".join(part.text for part in parts) for parts in self.alternatives]
        return len(set(texts)) < len(texts) or any(_can_be_a_repetition(parts) for parts in self.alternatives)

    @property
    def optional(self) -> bool:
        return any(all(part.optional for part in parts) for parts in self.alternatives)


def repeats_a_repetition(pattern: str) -> bool:
    """Whether a search by trying every way could take a time that grows exponentially with the text."""
    groups = [_Group(0)]
    closed: _Group | None = None
    for token in _TOKEN.finditer(pattern):
        kind, text = token.lastgroup, token[0]
        parts = groups[-1].alternatives[-1]
        if kind == "times" and parts:
            if closed is not None and _ENDLESS.fullmatch(text) and closed.ambiguous:
                return True
            parts[-1] = _repeated(parts[-1], text)
        elif kind == "open":
            groups.append(_Group(token.start()))
        elif kind == "close" and len(groups) > 1:
            closed = groups.pop()
            inner = any(_can_be_a_repetition(alternative) for alternative in closed.alternatives)
            whole = pattern[closed.start : token.end()]
            groups[-1].alternatives[-1].append(_Part(whole, inner, closed.optional))
            continue
        elif kind == "or":
            groups[-1].alternatives.append([])
        else:
            parts.append(_Part(text, optional=text in ("^", "$")))
        closed = None
    return False


def _repeated(part: _Part, times: str) -> _Part:
    endless, optional = bool(_ENDLESS.fullmatch(times)), bool(_OPTIONAL.fullmatch(times))
    return _Part(part.text + times, part.endless or endless, part.optional or optional)


def _can_be_a_repetition(parts: list[_Part]) -> bool:
    """Whether a sequence can come down to one endless part: everything else in it can be left out."""
    return any(part.endless and all(other.optional for other in parts if other is not part) for part in parts)
