"""How a page is laid out and worded: appearances, grids, pages, Markdown, outputs, pictures and sound."""

from __future__ import annotations

import pytest

from kuule.forms.compile.translator_notes import texts_to_translate
from kuule.forms.model.choices import Media
from kuule.forms.navigation.page import Note, PageHeading, Question
from tests.forms.scenario import Scenario, form_of

YES_NO = """
    | choices |
    | | list_name | name | label | image |
    | | yn | yes | Yes | yes.png |
    | | yn | no | No | |
    """


def test_table_of_selects_is_a_page_of_rows_with_one_list() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | appearance |
        | | begin_group | day | How was your day? | table-list minimal |
        | | select_one yn | good | Good | |
        | | select_one yn | long | Long | |
        | | text | more | More? | |
        | | end_group | | | |
        """
        + YES_NO
    )
    person = Scenario(form)
    assert person.sees == ["good", "long", "more"]
    assert ["list-nolabel" in person.question(name).appearance for name in person.sees] == [True, True, False]
    assert [item.name for item in form.items] == ["good", "long", "more"]


def test_select_that_only_heads_a_grid_asks_nothing() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | appearance |
        | | begin_group | day | Day | field-list |
        | | select_one yn | heads | Your day | label |
        | | select_one yn | good | Good | list-nolabel |
        | | end_group | | | |
        """
        + YES_NO
    )
    person = Scenario(form)
    assert (person.sees, person.reads) == (["good"], ["Your day", "Good"])
    assert person.record.missing == {"/data/day/good": "not_reached"}


@pytest.mark.parametrize(
    ("kind", "appearance"),
    [
        ("select_one yn", "minimal"),
        ("select_one yn", "autocomplete"),
        ("select_one yn", "columns-2"),
        ("select_one yn", "likert"),
        ("select_multiple yn", "columns"),
        ("text", "numbers"),
        ("integer", "thousands-sep"),
        ("integer", "counter"),
        ("date", "month-year"),
        ("date", "year"),
        ("range", "vertical"),
    ],
)
def test_appearance_reaches_the_page_as_written(kind: str, appearance: str) -> None:
    table = f"| survey |\n| | type | name | label | appearance |\n| | {kind} | one | One? | {appearance} |\n"
    assert Scenario(form_of(table + YES_NO)).question("one").appearance == {appearance}


def test_group_is_a_section_and_field_list_a_page() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | appearance |
        | | begin_group | first | First part | |
        | | text | a | A? | |
        | | begin_group | both | Both | field-list |
        | | text | b | B? | |
        | | text | c | C? | |
        | | end_group | | | |
        | | end_group | | | |
        | | begin_group | second | Second part | |
        | | text | d | D? | |
        | | end_group | | | |
        """
    )
    person, pages = Scenario(form), []
    while person.page is not None:
        pages.append((person.page.section, person.page.section_number, person.page.sections, person.sees))
        person.next()
    assert pages == [
        ("First part", 1, 2, ["a"]),
        ("First part", 1, 2, ["b", "c"]),
        ("Second part", 2, 2, ["d"]),
    ]


def test_label_keeps_its_markdown_and_an_answer_in_it_stays_words() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label |
        | | text | name | Your **name**? |
        | | note | end | *Hello* ${name}, [go](https://example.org) |
        """
    )
    person = Scenario(form)
    assert person.reads == ["Your **name**?"]
    person.answer("name", "_Bo_ <b>").next()
    assert person.reads == [r"*Hello* \_Bo\_ \<b\>, [go](https://example.org)"]


def test_pictures_and_sound_stand_beside_questions_notes_and_choices_in_each_language() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | image | audio | appearance |
        | | begin_group | page | Page | | | field-list |
        | | select_one yn | works | Do you work? | work.png | work.mp3 | |
        | | note | say | Listen | | say.mp3 | |
        | | end_group | | | | | |
        """
        + YES_NO
    )
    swedish = {"form:/data/page/works:audio": "arbete.mp3", "choice:yn/yes:image": "ja.png"}
    for texts, audio, image in (({}, "work.mp3", "yes.png"), (swedish, "arbete.mp3", "ja.png")):
        person = Scenario(form, texts=texts)
        works = person.question("works")
        assert works.media == Media("work.png", audio)
        assert [choice.media for choice in works.choices] == [Media(image), Media()]
        assert [part.media for part in person.page.parts if isinstance(part, Note)] == [  # type: ignore[union-attr]
            Media(audio="say.mp3")
        ]


def test_what_a_picture_shows_is_a_text_of_its_own_in_each_language() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label::en | image | image-description::en | image-description::sv |
        | | begin_group | page | Page | | | |
        | | select_one yn | works | Do you work? | work.png | A workshop | En verkstad |
        | | note | plain | A picture that the label describes | plain.png | - | |
        | | note | none | No picture | | A workshop | |
        | | end_group | | | | | |
        | choices |
        | | list_name | name | label | image | media::image-description |
        | | other | x | X | x.png | Another list |
        | | yn | yes | Yes | | |
        | | yn | no | No | no.png | A closed door |
        """
    )
    assert {source.key: source.text for source in texts_to_translate(form) if source.key.endswith("description")} == {
        "choice:other/x:image-description": "Another list",
        "choice:yn/no:image-description": "A closed door",
        "form:/data/page/works:image-description": "A workshop",
    }
    swedish = {"form:/data/page/works:image-description": "En verkstad"}
    for texts, shown in (({}, "A workshop"), (swedish, "En verkstad")):
        works = Scenario(form, texts=texts).question("works")
        assert works.media == Media("work.png", "", shown)
        assert [choice.media for choice in works.choices] == [Media(), Media("no.png", "", "A closed door")]


def test_files_beside_texts_are_named_and_are_no_texts_to_translate() -> None:
    table = "| survey |\n| | type | name | label | image |\n| | text | a | A? | a.png |\n"
    form = form_of(table)
    assert form.media() == {"form:/data/a:image": "a.png"}
    assert [source.key for source in texts_to_translate(form)] == ["form:/data/a:label"]


def test_order_of_a_page_is_that_of_the_form() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | appearance |
        | | begin_group | page | Page | field-list |
        | | note | say | Say | |
        | | text | a | A? | |
        | | begin_group | inner | Inner | |
        | | text | b | B? | |
        | | end_group | | | |
        | | end_group | | | |
        """
    )
    parts = Scenario(form).page.parts  # type: ignore[union-attr]
    assert [(type(part), part.label) for part in parts if isinstance(part, Note | Question | PageHeading)] == [
        (Note, "Say"),
        (Question, "A?"),
        (PageHeading, "Inner"),
        (Question, "B?"),
    ]
