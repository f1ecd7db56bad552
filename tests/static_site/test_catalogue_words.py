"""Words of pages, with what is not translated yet."""

from __future__ import annotations

from pathlib import Path

from kuule.languages.gettext.catalogue import po_bytes, read_pot
from kuule.languages.workflow.entries import Catalogue, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from kuule.static_site.catalogue_words import read_catalogue_words

POT = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#. One.
msgctxt "x:one"
msgid "One {thing}"
msgstr ""

#. Two.
msgctxt "x:two"
msgid "Two"
msgstr ""
"""


def test_english_is_the_template_and_another_language_its_file(tmp_path: Path) -> None:
    template, file = tmp_path / "interface.pot", tmp_path / "fi.po"
    template.write_text(POT, "utf-8")
    assert read_catalogue_words(template, file, "fi", "x:") is None
    english = read_catalogue_words(template, file, "en", "x:")
    assert english is not None
    assert english.say("one", thing="<a>") == "One &lt;a&gt;"
    one, two = read_pot(template)
    done = with_translation(untranslated_entry(one), "Yksi {thing}", state=State.REVIEWED, origin=TextOrigin.PERSON)
    file.write_bytes(po_bytes(Catalogue("fi", {one.key: done, two.key: untranslated_entry(two)})))
    words = read_catalogue_words(template, file, "fi", "x:")
    assert words is not None
    assert words.state is State.UNTRANSLATED
    assert (words.say("one", thing=1), words.say_plain("two")) == ("Yksi 1", "Two")
    assert words.say("two") == '<span lang="en" dir="ltr">Two</span>'
