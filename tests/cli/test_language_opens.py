"""One language on its way to the public: the same reason in every place, until the last word is reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.collector.server.collector_server import check_can_serve
from kuule.languages.gettext.shipped_words import shipped_sources
from kuule.languages.workflow.states import State
from kuule.study.edition.study_edition import read_edition
from kuule.usecases.authoring.translation_status import LEGEND
from tests.collector.server.servers import options
from tests.collector.site_for_tests import start
from tests.study.small_study import HELP, SETTINGS, checked_help, make_study, write_pair, write_words
from tests.workbench.translation_desk.partners import AtDesk, plain
from tests.workbench.workbench_for_tests import Workbench, running_workbench

CONTINUE = "interface:continue"
WORDS = len(shipped_sources())
SENTENCE = f"sv may not open yet: of Kuule's own {WORDS} words 1 not reviewed yet"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """English and Swedish; every text of the study is reviewed, and every word of Kuule's but one."""
    settings = "".join(line for line in SETTINGS.splitlines(keepends=True) if not line.startswith("ar ="))
    support = checked_help(datetime.now(UTC).date())
    path = make_study(tmp_path / "study", settings=settings + HELP, languages={"sv": State.REVIEWED}, support=support)
    write_words(path, "sv", **{"continue": ""})
    write_pair(tmp_path / "keys")
    return path


@pytest.fixture
def workbench(study: Path, tmp_path: Path) -> Iterator[Workbench]:
    with running_workbench(study, tmp_path / "data") as site:
        yield site


def freeze(study: Path, to: Path, *more: str) -> int:
    key = study.parent / "keys" / "test.rehearsal.public-key"
    return run(["freeze", str(study), "--key", str(key), "--to", str(to), *more])


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


def test_language_waits_in_one_sentence_and_opens_once_its_last_word_is_reviewed(
    study: Path, workbench: Workbench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, reviewer = (
        AtDesk(workbench.member(role, ("sv",))) for role in ("translator", "translator", "reviewer")
    )
    capsys.readouterr()

    assert run(["check", str(study)]) == Exit.DONE
    assert f"\n{SENTENCE}\n" in f"\n{said(capsys)}"
    assert run(["translate", "status", str(study)]) == Exit.DONE
    assert said(capsys).splitlines() == [LEGEND, SENTENCE]
    assert freeze(study, tmp_path / "refused") == Exit.PROBLEM
    assert said(capsys).startswith(f"EDITION_008 languages/kuule/sv.po: {SENTENCE}\n")
    assert "It can't open yet: 1 not reviewed yet." in plain(reviewer.visitor.get("/translate/sv"))
    assert "1 not reviewed yet" in plain(reviewer.visitor.get("/"))

    assert freeze(study, tmp_path / "before", "--drafts") == Exit.DONE
    assert SENTENCE in said(capsys).splitlines()
    assert check_can_serve(options(tmp_path / "before", folder=tmp_path, drafts=False)).messages == (SENTENCE,)
    site = start(tmp_path / "before", tmp_path, drafts=False)
    assert (site.browser.get("/en").status, site.browser.get("/sv").status) == (200, 404)

    first.does(CONTINUE, "draft", "Vidare")
    second.does(CONTINUE, "second-draft", "Gå vidare")
    reviewer.does(CONTINUE, "review", "Vidare härifrån")
    assert "It may open to the public." in plain(reviewer.visitor.get("/translate/sv"))
    assert "may open Ready" in plain(reviewer.visitor.get("/"))

    assert freeze(study, tmp_path / "after") == Exit.DONE
    assert "may not open" not in said(capsys)
    assert read_edition(tmp_path / "after").id != read_edition(tmp_path / "before").id
    assert check_can_serve(options(tmp_path / "after", folder=tmp_path, drafts=False)).messages == ()
    site = start(tmp_path / "after", tmp_path, drafts=False)
    site.begin("sv")
    assert "Vidare härifrån" in site.browser.shown.words
    assert "Made by a machine" not in site.browser.shown.words
    connections.close_all()
