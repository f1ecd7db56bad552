"""`make docs`: writes the parts of the documentation that are generated from the source, and the one part of the source
that is made of the documentation. Standard library only.

A part is between two comments of its page, `made by scripts/generated_docs.py from …: NAME` and `end`; whatever is
between them is replaced. Exit codes: 0 done, 1 a page has no such place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import decision_index
import module_table
import threat_excerpt
from words import say

PARTS: Mapping[tuple[str, str], Callable[[Path], list[str]]] = {
    ("docs/decisions/README.md", "decisions"): decision_index.lines,
    ("docs/explanation/architecture.md", "packages"): module_table.map_lines,
    ("docs/reference/packages.md", "packages"): module_table.lines,
    ("src/kuule/ethics/templates/threat_model.md", "threats"): threat_excerpt.lines,
}
"""The page and the name of each part, and the function that makes its lines from the root of the project."""


def renewed(page: str, name: str, made: list[str]) -> str:
    """The text of a page with one of its parts replaced. Raises LookupError if the page has no place for it."""
    place = re.compile(
        rf"(<!-- made by scripts/generated_docs\.py from [^:]*: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL
    )
    text, count = place.subn(lambda match: match[1] + "\n".join(made) + "\n" + match[2], page)
    if count != 1:
        raise LookupError(name)
    return text


def outdated(root: Path) -> dict[Path, str]:
    """The pages that differ from the source, with what they should say."""
    pages: dict[Path, str] = {}
    for (file, name), make in PARTS.items():
        path = root / file
        pages[path] = renewed(pages.get(path) or path.read_text(encoding="utf-8"), name, make(root))
    return {path: text for path, text in pages.items() if text != path.read_text(encoding="utf-8")}


def main(root: Path) -> int:
    """Write them, and report which have changed."""
    try:
        pages = outdated(root)
    except LookupError as missing:
        say(f"no place for {missing}: its page lacks the two comments between which it stands")
        return 1
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
        say(f"wrote {path.relative_to(root)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[0]).resolve().parent.parent))
