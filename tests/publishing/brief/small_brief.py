"""A small brief for tests: of the small release and the small register, none of which is about anywhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from kuule.publishing.brief.brief_reader import read_brief
from kuule.publishing.brief.brief_view import BriefOrder, BriefView, brief_view
from kuule.publishing.brief.brief_words import register_page_words
from kuule.publishing.brief.law_view import brief_provisions
from kuule.register.reading.register_folder import RegisterFolder
from kuule.register.site.page_texts import PageTexts
from kuule.register.site.site_language import SiteLanguage, site_language
from kuule.register.texts.register_texts import read_register_texts
from kuule.releases.publication_release import PublicationRelease
from tests.register.small_register import small_files, small_register, write_small_register
from tests.releases.small_release import small_release

TODAY = date(2027, 3, 2)
END = "\n\n{{ law }}\n\n{{ sources }}\n"
WHOLE = """# Time to tell

```brief
state: reviewed
origin: person
```

## What survivors say

```number
figure: {{ share told no }}
says: had told nobody
```

Of about {{ base told }} people, {{ share told yes }} had told someone.

{{ chart told }}

## The law

{{ law }}

{{ standards }}

{{ neighbours }}

{{ gap }}

- {{ country }}: 30. {{ cite limitation/resolution }}

{{ sources }}
"""


def site_of(folder: RegisterFolder, tag: str = "en", today: date = TODAY) -> SiteLanguage:
    """A register in the language `tag`, on a day."""
    texts = read_register_texts(folder.path, folder.register, tag)
    return site_language(folder.register, today, PageTexts(tag, register_page_words(tag), texts))


def made_brief(
    text: str,
    place: Path,
    *,
    country: str = "FI",
    tag: str = "en",
    release: PublicationRelease | None = None,
    changes: dict[str, str | None] | None = None,
    today: date = TODAY,
) -> BriefView:
    """The brief of a text; the register is written into the folder `place`, with `changes`."""
    site = site_of(small_register(place, changes), tag, today)
    provisions = brief_provisions(site, "limitation")
    order = BriefOrder(release or small_release(), site, country, provisions)
    return brief_view(read_brief(text, "brief.md"), order)


def in_brief(paragraph: str) -> str:
    """A whole text of a brief that says one thing, in its third line."""
    return f"# Title\n\n{paragraph}{END}"


def checked_register(folder: Path) -> Path:
    """The small register with a date, or a reason for none, at each source, so that nothing is wrong with it."""
    files = small_files()
    changes = {name: _dated(text) for name, text in files.items()}
    return write_small_register(folder, changes)


def _dated(text: str) -> str:
    flowing = re.sub(r"source: \{(kind: (?:(?!dated)[^}])*)\}", r"source: {\1, dated_note: undated}", text)
    lines = flowing.split("\n")
    block = [at for at, line in enumerate(lines) if re.fullmatch(r"\s+kind: statute", line)]
    for at in reversed(block):
        indent = lines[at].partition("k")[0]
        rest = "\n".join(lines[at:]).partition("\n  confidence")[0]
        if "dated" not in rest:
            lines.insert(at + 1, f"{indent}dated_note: undated")
    return "\n".join(lines)
