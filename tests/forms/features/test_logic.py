"""What follows from an answer: what is asked, what is needed, what is computed, what stands there at first."""

from __future__ import annotations

from tests.forms.scenario import TODAY, Scenario, form_of

YES_NO = """
    | choices |
    | | list_name | name | label |
    | | yn | yes | Yes |
    | | yn | no | No |
    """


def test_answer_of_a_question_that_is_not_asked_any_more_waits_and_is_not_sent() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | relevant | appearance |
        | | begin_group | page | Work | | field-list |
        | | select_one yn | works | Do you work? | | |
        | | text | work | What work? | ${works} = 'yes' | |
        | | end_group | | | | |
        | | note | end | Thank you | | |"""
        + YES_NO
    )
    person = Scenario(form).answer("works", "yes").next()
    assert (person.sees, person.fresh) == (["works", "work"], ["work"])
    person.answer("work", "baker").next().back().answer("works", "no").next()
    assert person.record.answers == {"/data/page/works": "no"}
    person.back().answer("works", "yes").next()
    assert person.record.answers == {"/data/page/works": "yes", "/data/page/work": "baker"}


def test_required_and_constraint_say_why_in_the_language_of_the_page() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | required | required_message | constraint | constraint_message | hint | guidance_hint |
        | | integer | age | Age? | yes | Please give it. | . > 17 | ${least} or more, please. | In years | Round down |
        | | calculate | least | | | | | | | |
        """.replace("| | calculate | least | | |", "| | integer | least | Least? | |")
    )
    texts = {
        "form:/data/age:required_message": "Ange den, tack.",
        "form:/data/age:constraint_message": "Minst 18, tack.",
        "form:/data/age:hint": "I år",
        "form:/data/age:guidance_hint": "Avrunda nedåt",
    }
    for words, asks, says, hint, guidance in (
        ({}, "Please give it.", " or more, please.", "In years", "Round down"),
        (texts, "Ange den, tack.", "Minst 18, tack.", "I år", "Avrunda nedåt"),
    ):
        person = Scenario(form, texts=words)
        age = person.question("age")
        assert (age.required, age.hint, age.guidance) == (True, hint, guidance)
        assert person.next().question("age").violation.message == asks  # type: ignore[union-attr]
        assert person.answer("age", "12").next().question("age").violation.message == says  # type: ignore[union-attr]


def test_default_is_there_at_first_and_a_dynamic_one_is_made_when_the_visit_begins() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | default | appearance |
        | | begin_group | page | Defaults | | field-list |
        | | text | place | Where? | here | |
        | | date | day | When? | today() | |
        | | text | word | What? | concat('a', 'b') | |
        | | end_group | | | | |
        """
    )
    person = Scenario(form)
    assert [person.question(name).typed for name in ("place", "day", "word")] == [
        ("here",),
        (TODAY.isoformat(),),
        ("ab",),
    ]
    assert "/data/page/word" not in person.answer("word").next().record.answers


def test_trigger_sets_a_value_when_its_question_changes_and_not_before() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | trigger | calculation |
        | | text | town | Where? | | |
        | | text | note | Note? | ${town} | concat('from ', ${town}) |
        | | calculate | count | | ${town} | 7 |
        | | note | end | Thank you | | |
        """
    )
    person = Scenario(form).next()
    assert person.question("note").typed == ()
    person.back().answer("town", "Oulu").next()
    assert person.question("note").typed == ("from Oulu",)
    person.answer("note", "my own").next()
    assert person.record.answers == {"/data/town": "Oulu", "/data/note": "my own", "/data/count": "7"}
    assert person.back().back().next().question("note").typed == ("my own",)


def test_what_is_computed_once_stays() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | calculation |
        | | integer | age | Age? | |
        | | calculate | first_age | | once(${age}) |
        | | calculate | draw | | once(random()) |
        | | note | end | Thank you | |
        """
    )
    person = Scenario(form, seed=5)
    draw = person.record.answers["/data/draw"]
    person.answer("age", "30").next().back().answer("age", "31").next()
    assert person.record.answers == {"/data/age": "31", "/data/first_age": "30", "/data/draw": draw}
    assert Scenario(form, seed=6).record.answers["/data/draw"] != draw


def test_text_in_the_language_of_a_person_is_shown_and_kept_out_of_the_record() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | calculation |
        | | select_one yn | works | Do you work? | |
        | | calculate | said | | jr:choice-name(${works}, '${works}') |
        | | calculate | sentence | | concat('You said: ', ${said}) |
        | | calculate | score | | if(${works} = 'yes', 1, 0) |
        | | note | end | ${sentence} | |"""
        + YES_NO
    )
    person = Scenario(form, texts={"choice:yn/yes:label": "Ja"}).answer("works", "yes").next()
    assert person.reads == ["You said: Ja"]
    assert person.record.answers == {"/data/works": "yes", "/data/score": "1"}
    assert [item.name for item in form.items] == ["works", "score", "end"]
