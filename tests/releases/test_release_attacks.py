"""The attacks of tests/analysis/test_attacks.py, on tables as an outsider has them: read back from a release's folder.

Everything that is published of a release is made of this file. What was found once in tables must not be in it either:
a number that the table does not have, or a reason that says more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from kuule.dataset.schema.dataset_reader import Dataset
from kuule.disclosure.successive_releases import ShownGroup
from kuule.languages.workflow.states import State, TextOrigin
from kuule.releases.publication_release import PublicationRelease
from kuule.releases.release_folder import read_release, write_release
from kuule.releases.release_wording import wording_of_tables
from kuule.study.edition.report_languages import ReportLanguage
from kuule.study.settings.identity_settings import IdentitySettings
from kuule.tables.released import ReleasedTable
from kuule.tables.request import TableRequest
from tests.analysis import test_attacks as attacks
from tests.releases.small_release import description

from_the_door = attacks.released
IN_A_RELEASE = (
    attacks.test_a_land_that_few_joined_is_not_shown_again_as_a_row,
    attacks.test_that_nearly_all_answered_a_sensitive_question_alike_is_not_seen_where_it_is_the_columns,
    attacks.test_who_sends_responses_that_are_alike_does_not_find_where_one_persons_answers_are,
    attacks.test_who_sends_what_a_group_has_to_grow_by_does_not_find_what_the_one_newcomer_answered,
    attacks.test_what_is_asked_after_an_answer_is_a_further_look_and_who_was_not_asked_one,
    attacks.test_more_tables_than_eight_of_an_answer_and_what_is_asked_after_it_are_refused,
)
"""Those that need no report on one group: a release has none."""


def published(folder: Path, made: Dataset, tables: list[ReleasedTable]) -> list[ReleasedTable]:
    """The tables as they are read from the folder of a release."""
    wording = wording_of_tables(made.wording("en"), [table.request for table in tables])
    release = PublicationRelease(
        description=description(),
        study=made.study.id,
        origin=tables[0].origin,
        tables=tuple(tables),
        text="",
        languages={"en": ReportLanguage(State.REVIEWED, TextOrigin.PERSON)},
        wordings={"en": replace(wording, sections=())},
        identity=IdentitySettings(),
        opening_state=State.REVIEWED,
    )
    write_release(release, folder)
    return list(read_release(folder).release.tables)


@pytest.mark.parametrize("attack", IN_A_RELEASE, ids=lambda attack: attack.__name__.removeprefix("test_"))
def test_attack_finds_nothing_in_a_release(attack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    try_attack(attack, tmp_path, monkeypatch)


def try_attack(attack: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[ReleasedTable] = []

    def released(made: Dataset, *requests: TableRequest, earlier: Iterable[ShownGroup] = ()) -> list[ReleasedTable]:
        tables = from_the_door(made, *requests, earlier=earlier)
        read = published(tmp_path / f"release-{len(seen)}", made, tables)
        assert read == tables
        seen.extend(read)
        return read

    monkeypatch.setattr(attacks, "released", released)
    attack(tmp_path)
    assert seen


def test_attack_by_rows_finds_nothing_in_a_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attack = partial(attacks.test_a_land_that_is_not_shown_as_a_column_is_not_shown_as_a_row, by_report=False)
    try_attack(attack, tmp_path, monkeypatch)
