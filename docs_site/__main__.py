"""`make site`: the documentation as plain pages in build/site, which Git ignores.

    python -m docs_site [--to FOLDER] [--source ADDRESS]

Exit codes: 0 done, 1 a link is broken, a page is in no list, or Sphinx warns of something; 2 wrong use.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from docs_site.staging import SUMMARIES_FILE, StagingProblem, stage

ROOT = Path(__file__).resolve().parent.parent
MARK = "search_summaries.js"
_UNUSED = (
    "_static/basic.css", "_static/pygments.css", "_static/doctools.js", "_static/sphinx_highlight.js",
    "_static/searchtools.js", "_static/documentation_options.js", "_static/base-stemmer.js",
    "_static/english-stemmer.js", "_static/file.png", "_static/plus.png", "_static/minus.png", ".buildinfo",
)  # fmt: skip
"""What Sphinx writes for themes that are not ours."""


def main(arguments: list[str]) -> int:
    """Build the site."""
    parser = argparse.ArgumentParser(prog="python -m docs_site", description="The documentation as plain pages.")
    parser.add_argument(
        "--to", type=Path, default=ROOT / "build" / "site", help="the folder; an older site is replaced"
    )
    parser.add_argument("--source", default="", help="where the source is on the web: links into the code lead there")
    given = parser.parse_args(arguments)
    if given.to.exists() and any(given.to.iterdir()) and not (given.to / MARK).is_file():
        parser.error(f"{given.to} has something else in it: give a folder that is new, or an older site")
    try:
        return build(ROOT, given.to, given.source)
    except StagingProblem as problem:
        print(problem, file=sys.stderr)
        return 1


def build(root: Path, to: Path, source_address: str = "") -> int:
    """Build into a folder. The site that was there is replaced only by one that is whole."""
    from sphinx.cmd.build import build_main  # slow, and not needed to be told of a broken link

    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        staged, made = Path(folder) / "pages", Path(folder) / "site"
        stage(root, staged, source_address)
        options = ["--fail-on-warning", "--quiet", "--nitpicky", "--doctree-dir", f"{folder}/doctrees"]
        code = int(build_main([*options, "-c", str(Path(__file__).parent), str(staged), str(made)]))
        if code != 0:
            return 1
        shutil.copytree(
            root / "docs" / "pictures", made / "pictures", ignore=shutil.ignore_patterns("*.md"), dirs_exist_ok=True
        )
        shutil.copy(staged / SUMMARIES_FILE, made / MARK)
        shutil.rmtree(made / "_sources", ignore_errors=True)
        for name in _UNUSED:
            (made / name).unlink(missing_ok=True)
        if to.exists():
            shutil.rmtree(to)
        made.rename(to)
    pages = sum(1 for _ in to.rglob("*.html"))
    print(f"{pages} pages: {to / 'index.html'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
