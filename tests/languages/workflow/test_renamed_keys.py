"""A renamed question keeps its translation: offered under the new name, marked, and never lost."""

from kuule.languages.gettext.catalogue import read_po
from kuule.languages.workflow.entries import Catalogue, SourceText, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from tests.languages.po import write_po

OLD = SourceText("form:/data/about/age:label", "How old are you today, in years?")


def read(tmp_path, *sources):
    return read_po(tmp_path / "sv.po", sources)


def written(tmp_path, *sources):
    entries = {
        source.key: with_translation(
            untranslated_entry(source),
            f"sv: {source.text}",
            state=State.DRAFT_ONE,
            origin=TextOrigin.PERSON,
            by="translator",
        )
        for source in sources
    }
    write_po(tmp_path / "sv.po", Catalogue("sv", entries))


def test_renamed_question_is_offered_its_old_translation(tmp_path):
    written(tmp_path, OLD)
    new = SourceText("form:/data/about/years:label", OLD.text)
    catalogue = read(tmp_path, new)
    entry = catalogue.entries[new.key]
    assert (entry.text, entry.flags, entry.state, entry.stale) == (
        f"sv: {OLD.text}",
        ("fuzzy",),
        State.DRAFT_ONE,
        False,
    )
    assert [left.key for left in catalogue.obsolete] == [OLD.key]
    write_po(tmp_path / "sv.po", catalogue)
    assert read(tmp_path, new).entries[new.key] == entry


def test_nearly_the_same_words_are_offered_as_stale(tmp_path):
    written(tmp_path, OLD)
    new = SourceText("form:/data/about/years:label", "How old are you today, in full years?")
    entry = read(tmp_path, new).entries[new.key]
    assert (entry.text, entry.stale, entry.previous) == (f"sv: {OLD.text}", True, OLD.text)


def test_other_kinds_short_words_and_other_words_are_not_offered(tmp_path):
    written(tmp_path, OLD, SourceText("choice:a/now:label", "now"))
    for source in (
        SourceText("form:/data/about/years:hint", OLD.text),
        SourceText("form:/data/about/years:label", "Where do you live?"),
        SourceText("choice:a/not:label", "not"),
    ):
        assert read(tmp_path, source).entries[source.key].state is State.UNTRANSLATED


def test_of_two_with_the_same_words_the_nearer_name_is_offered(tmp_path):
    both = [SourceText(f"choice:{name}/yes:label", "Yes") for name in ("consent", "visited_before")]
    written(tmp_path, both[0])
    text = (tmp_path / "sv.po").read_text("utf-8")
    other = text[text.index("# kuule") :].replace("choice:consent/", "choice:visited_before/").replace("sv: Yes", "Jo")
    (tmp_path / "sv.po").write_text(f"{text}\n{other}", "utf-8")
    new = SourceText("choice:visited/yes:label", "Yes")
    assert read(tmp_path, new).entries[new.key].text == "Jo"
