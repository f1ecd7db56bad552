"""What a check found, as the lead's desk shows it."""

from __future__ import annotations

from dataclasses import replace

from kuule.core.problems import Problem, Severity
from kuule.workbench.study_desk.study_findings import found_problems

UNTRANSLATED = Problem(
    "LANG_021", "languages/sv.po", "15 of the report's 15 texts have no translation yet", "translate them",
    Severity.WARNING,
)  # fmt: skip


def test_another_number_of_the_same_is_not_new_and_all_else_is() -> None:
    more = replace(UNTRANSLATED, cause=UNTRANSLATED.cause.replace("15", "18"))
    others = [
        replace(UNTRANSLATED, place="languages/ar.po"),
        replace(UNTRANSLATED, cause="15 texts are stale"),
        replace(UNTRANSLATED, severity=Severity.ERROR),
    ]
    found = {one: found_problems([one], [UNTRANSLATED])[0].is_new for one in (more, *others)}
    assert list(found.values()) == [False, True, True, True]


def test_many_texts_of_one_mistake_are_one_problem_and_their_number_is_whole() -> None:
    cause, file = "it is still in the source language", "languages/sv.po"
    texts = [
        Problem(
            "LANG_033", f"{file}, choice:c/{number}:label", cause, "translate it", file=file, key=f"choice:c/{number}"
        )
        for number in range(70)
    ]
    (found,) = found_problems(texts)
    assert (found.place, found.more_places) == (texts[0].place, 69)
    assert 0 < len(found.others) < found.more_places
