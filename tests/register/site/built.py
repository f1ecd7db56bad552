"""Sites built for tests, read as HTML, and stand-ins for translations that nobody has made yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zlib import crc32

import lxml.html

from kuule.languages.gettext.catalogue import po_bytes
from kuule.languages.workflow.entries import Catalogue, SourceText, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from kuule.register.data_model.whole_register import Register
from kuule.register.reading.register_folder import read_register
from kuule.register.site.page_texts import PageTexts
from kuule.register.site.site_building import build_site
from kuule.register.site.site_language import SiteLanguage, site_language
from kuule.register.texts.page_words import page_words
from kuule.register.texts.register_texts import RegisterTexts, text_sources
from tests.conftest import ROOT
from tests.register.small_register import REGISTER, write_small_register

TODAY = date(2026, 11, 28)
SHIPPED = sorted(path.parent for path in (ROOT / "registers").glob("*/register.yaml"))
"""The registers that ship."""
STAND_INS = {
    "fi": "lapsuudenaikainen seksuaaliväkivalta vanhentumisaika",
    "el": "νόμος για την παραγραφή των αδικημάτων",
    "ar": "قانون التقادم في الجرائم ضد الأطفال",
    "zh": "关于针对儿童的性犯罪追诉时效的法律",
}
"""Words in four scripts, to look at pages that nobody has translated yet; they say nothing of what the English says."""
_DENSITY = {"zh": 3}
"""How many letters of English one sign of a script is worth."""
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


def english(register: Register, today: date = TODAY) -> SiteLanguage:
    """A register as its English pages see it."""
    words = page_words("en")
    assert words is not None
    texts = RegisterTexts("en", {one.key: one.text for one in text_sources(register)})
    return site_language(register, today, PageTexts("en", words, texts))


def build_small(folder: Path, changes: Mapping[str, str | None] | None = None, today: date = TODAY) -> Path:
    """The pages of the small register, in a folder."""
    to = folder / "pages"
    build_site(read_register(write_small_register(folder / "register", changes)), to, today=today)
    return to


def html(path: Path) -> lxml.html.HtmlElement:
    """A page as a browser reads it."""
    return lxml.html.document_fromstring(path.read_text("utf-8"))


def read(element: lxml.html.HtmlElement) -> str:
    """The words of an element, blanks as one."""
    return " ".join(element.text_content().split())


def stand_in(source: SourceText, tag: str) -> str:
    """A text about as long as its source, in the script of a language, with the same placeholders."""
    kept = _PLACEHOLDER.findall(source.text)
    if source.key.startswith("pages:sign_") and len(source.text) == 1:
        return source.text
    words = STAND_INS[tag].split(" ")
    length = len(source.text) // _DENSITY.get(tag, 1)
    text = " ".join(words[at % len(words)] for at in range(max(1, length * len(words) // 60)))
    # landmarks and links with other words in English have other words here
    number = str(crc32(source.text.encode()) % 1000)
    return " ".join([text[: max(4, length)].strip(), number, *kept])


def write_stand_in(path: Path, sources: tuple[SourceText, ...], tag: str, *, leave_out: str = "nothing") -> None:
    """A file of translations, by a machine, without the texts whose key begins with `leave_out`."""
    entries = {}
    for one in sources:
        entry = untranslated_entry(one)
        if not one.key.startswith(leave_out):
            text = stand_in(one, tag)
            entry = with_translation(entry, text, state=State.DRAFT_ONE, origin=TextOrigin.MACHINE)
        entries[one.key] = entry
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po_bytes(Catalogue(tag, entries)))


def build_translated(folder: Path, tags: tuple[str, ...]) -> Path:
    """The pages of the small register in English and the languages `tags`: in the first of them its own texts are
    translated too."""
    changes = {"register.yaml": REGISTER.replace("[en]", f"[en, {', '.join(tags)}]")}
    register = write_small_register(folder / "register", changes)
    sources = text_sources(read_register(register).register)
    write_stand_in(register / "languages" / f"{tags[0]}.po", sources, tags[0])
    to = folder / "pages"
    build_site(read_register(register), to, today=TODAY)
    return to
