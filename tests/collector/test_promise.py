"""The promise: a sentence for what the code does, and none for what it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kuule.collector.editions import load_editions
from kuule.collector.options import ServeOptions
from kuule.collector.promise import MOST_HOURS, promise
from kuule.collector.token import TokenError, TokenKeys, open_token, seal_token
from kuule.opening.keys import PrivateKey
from kuule.store.rewriting import DAY
from tests.study.small_study import make_edition

KEY_IS_AWAY = {
    "en": "is not on this site",
    "sv": "och finns inte på webbplatsen",
    "ar": "وهو غير موجود في هذا الموقع",
}
NOTHING_REAL = {
    "en": "Please write nothing real here.",
    "sv": "Skriv inget verkligt här.",
    "ar": "نرجو عدم كتابة أي شيء حقيقي هنا.",
}
TAKEN_AWAY = {
    "en": "stay on this site’s computer until An organisation takes them away.",
    "sv": "ligger kvar på webbplatsens dator tills sv: An organisation hämtar dem.",
    "ar": "تبقى الإجابات المختومة على حاسوب هذا الموقع إلى أن تأخذها ar: An organisation.",
}
DELETED = {"en": "deleted", "sv": "raderas", "ar": "تُحذف"}


@pytest.fixture(scope="module")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    make_edition(folder, key=PrivateKey.generate(bytes(range(32, 64)), rehearsal=False))
    return folder / "edition"


def promised(folder: Path, tag: str, *, rehearsal: bool) -> str:
    offer = load_editions(ServeOptions((folder,), "", rehearsal=rehearsal, drafts=True)).current
    return " ".join(sentence for section in promise(offer, offer.tongues[tag]) for sentence in section.sentences)


@pytest.mark.parametrize("tag", sorted(KEY_IS_AWAY))
def test_real_key_is_away_and_sealed_answers_stay(real_folder: Path, tag: str) -> None:
    said = promised(real_folder, tag, rehearsal=False)
    assert [text in said for text in (KEY_IS_AWAY[tag], TAKEN_AWAY[tag])] == [True, True]
    assert [text in said for text in (NOTHING_REAL[tag], DELETED[tag])] == [False, False]


@pytest.mark.parametrize("tag", sorted(KEY_IS_AWAY))
def test_practice_key_protects_nothing_and_nothing_is_said_of_its_place(edition_folder: Path, tag: str) -> None:
    said = promised(edition_folder, tag, rehearsal=True)
    absent = (KEY_IS_AWAY[tag], TAKEN_AWAY[tag], DELETED[tag])
    assert NOTHING_REAL[tag] in said
    assert [text for text in absent if text in said] == []


def test_practice_says_nothing_of_what_was_sent_before(edition_folder: Path, real_folder: Path) -> None:
    """The key of a rehearsal opens that too, and it may lie on the same machine."""
    before = "not what was sent before"
    found = [promised(edition_folder, "en", rehearsal=True), promised(real_folder, "en", rehearsal=False)]
    assert [before in said for said in found] == [False, True]


def test_hours_are_those_after_which_no_page_is_opened() -> None:
    keys, start = TokenKeys(bytes(32)), datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    token = seal_token(b"{}", keys, start)
    assert open_token(token, keys, start + timedelta(hours=MOST_HOURS, seconds=-1)) == b"{}"
    with pytest.raises(TokenError):
        open_token(token, keys, start + timedelta(hours=MOST_HOURS))


def test_order_is_said_to_go_daily_as_it_does(real_folder: Path) -> None:
    assert "That is done at least once a day." in promised(real_folder, "en", rehearsal=False)
    assert timedelta(days=1).total_seconds() == DAY


def test_network_is_shut_out_only_by_https_and_onion(real_folder: Path) -> None:
    said = promised(real_folder, "en", rehearsal=False)
    assert "begins with https, or its name ends in .onion, they cannot see what you write; otherwise they can." in said
