"""axe-core, which holds a page to the rules of WCAG that a program can check; and which rules those are.

Rules of WCAG 2.2 A and AA, of axe's own practice, and the contrast of AAA. Source of the file: axe-playwright-python.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, Protocol

from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
_BESIDES = ("color-contrast-enhanced", "target-size")
"""Off as axe comes: the one is AAA, the other is new."""
_OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {rule: {"enabled": True} for rule in _BESIDES},
    "resultTypes": ["violations", "incomplete"],
    "elementRef": False,
}
_RULE = re.compile(r'\{id:"(?P<id>[a-z0-9-]+)",(?:(?!\{id:").)*?tags:\[(?P<tags>[^\]]*)\]', re.DOTALL)
_CLAUSE = re.compile(r"wcag(\d)(\d)(\d+)")


class Asked(Protocol):
    """A window that measures."""

    def ask(self, expression: str, library: str = "") -> Any: ...


@lru_cache(maxsize=1)
def source() -> str:
    """axe-core as one script."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def version() -> str:
    """Of axe-core."""
    found = re.match(r"/\*! axe v([0-9.]+)", source())
    assert found is not None
    return found[1]


def findings(window: Asked) -> list[str]:
    """What axe finds on the page, and what it cannot decide: one line each."""
    wanted = f"axe.run(document, {json.dumps(_OPTIONS)}).then(found => JSON.stringify(found))"
    found = json.loads(window.ask(wanted, source()))
    sure = [_line("", rule, node) for rule in found["violations"] for node in rule["nodes"]]
    return sure + [_line("undecided: ", rule, node) for rule in found["incomplete"] for node in rule["nodes"]]


def violations(page: Page, tags: Sequence[str]) -> list[dict[str, Any]]:
    """What axe finds on a page that lets script run, by the rules with these tags, as axe tells it. Of rules that hold
    it tells next to nothing: all of it would take longer to send than to find."""
    page.evaluate(source())
    asked = {"runOnly": list(tags), "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate(
        "asked => axe.run(document, asked).then(({violations}) => violations)", asked
    )
    return found


def rules() -> dict[str, tuple[str, ...]]:
    """Every rule that is asked, and the success criteria of WCAG that it checks. Of practice: none."""
    found = {}
    for rule in _RULE.finditer(source()):
        tags = re.findall(r'"([^"]+)"', rule["tags"])
        asked = rule["id"] in _BESIDES or (set(tags) & set(TAGS) and "experimental" not in tags)
        if asked and "deprecated" not in tags:
            found[rule["id"]] = tuple(".".join(one.groups()) for tag in tags if (one := _CLAUSE.fullmatch(tag)))
    return found


def _line(sure: str, rule: dict[str, Any], node: dict[str, Any]) -> str:
    said = "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])
    return f"{sure}{rule['id']}: {node['target']} {node['html'][:160]} -- {said[:300]}"
