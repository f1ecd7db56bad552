"""A small release for tests, of tables that went through the door."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import PublishingError
from kuule.languages.workflow.states import State, TextOrigin
from kuule.releases.publication_release import PublicationRelease, ReleaseDescription
from kuule.releases.release_folder import ReleaseFolder, read_release, write_release
from kuule.study.edition.report_languages import ReportLanguage
from kuule.study.folder.report_text import report_sources
from kuule.study.folder.report_translations import ReportText
from kuule.study.settings.identity_settings import IdentityPartner, IdentitySettings
from tests.publishing.released import BY_SMALL, tables, wording

TEXT = "# Told\n\n{{ share told yes }} had told.\n\n```figure\nquestion: told\nby: land\n```\n"
SWEDISH = ("Berättat", "{{ share told yes }} hade berättat.")
DAY = date(2027, 3, 1)


def description(**known: object) -> ReleaseDescription:
    return replace(ReleaseDescription("1", DAY, "Example: Our Voice, 2027", "CC BY 4.0"), **known)


def small_release(**known: object) -> PublicationRelease:
    """A release in English and Swedish, of about 400 people. `known` are fields that differ."""
    made = tables(BY_SMALL)
    keys = [source.key for source in report_sources(TEXT)]
    texts = {key: ReportText(text, State.REVIEWED, TextOrigin.PERSON) for key, text in zip(keys, SWEDISH, strict=True)}
    release = PublicationRelease(
        description=description(),
        study=made[0].origin.study,
        origin=made[0].origin,
        tables=made,
        text=TEXT,
        languages={
            "en": ReportLanguage(State.REVIEWED, TextOrigin.PERSON),
            "sv": ReportLanguage(State.REVIEWED, TextOrigin.PERSON, texts),
        },
        wordings={"en": wording("en"), "sv": wording("sv")},
        identity=IdentitySettings("#1f4f48", partners={"a": IdentityPartner("A partner")}),
        opening_state=State.REVIEWED,
    )
    return replace(release, **known)


def written(folder: Path, **known: object) -> ReleaseFolder:
    """A release that lies in a folder."""
    return write_release(small_release(**known), folder)


def reading_problems(folder: Path) -> list[str]:
    """What is said of a release that cannot be read."""
    with pytest.raises(PublishingError) as refused:
        read_release(folder)
    return [str(problem).replace(f"{folder}", "r") for problem in refused.value.problems]
