"""How `edition-1.json` was made, by the Kuule that made editions of format 1: `python tests/vectors/make_edition_1.py`.

An edition as it was frozen before Kuule's own words were part of one: all its files, and its id. Swedish is reviewed,
Arabic is not. A newer Kuule makes another format, so that this file is not made again.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from kuule.languages.workflow.states import State
from tests.study.small_study import make_edition

SUPPORT = "country,name,kind,phone,languages,checked_by,checked_on\nZZ,A finder,child,1,en sv,coordinator,2026-11-01\n"
LANGUAGES = {"sv": State.REVIEWED, "ar": State.DRAFT_ONE}


def main() -> None:
    target = Path(__file__).with_name("edition-1.json")
    if target.exists():
        sys.exit(f"{target.name} is there, and a released vector is not edited")
    with tempfile.TemporaryDirectory() as folder:
        edition = make_edition(Path(folder), languages=LANGUAGES, support=SUPPORT)
        root = Path(folder) / "edition"
        files = {
            path.relative_to(root).as_posix(): path.read_text("utf-8")
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }
    content = {"id": edition.id, "files": files}
    target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
