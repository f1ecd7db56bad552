"""A signature never stands under a text that was not signed: the attacks, and what people do without meaning to."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from kuule.network.network_problems import NetworkError
from kuule.network.signatures import (
    PartnerSignature,
    SignatureState,
    read_signatures,
    sign_statement,
    signature_of,
    signers,
    withdraw_signature,
)
from kuule.network.statement_texts import read_statement
from tests.network.small_network import AT, EN, SV, make_network, sign, write_statement

FILE = "statements/time-limits/signatures.json"


def under(study: Path, tag: str, name: str = "time-limits") -> tuple[str, ...]:
    """Who stands under the text in a language."""
    return signers(read_statement(study, name), read_signatures(study, name), tag)


def state(study: Path, partner: str) -> PartnerSignature:
    return signature_of(read_statement(study, "time-limits"), read_signatures(study, "time-limits"), partner)


def code(study: Path) -> str:
    with pytest.raises(NetworkError) as caught:
        read_signatures(study, "time-limits")
    [problem] = caught.value.problems
    return problem.code


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return make_network(tmp_path)


def test_nobody_stands_under_what_nobody_signed(study):
    assert (under(study, "en"), state(study, "childx")) == ((), PartnerSignature("childx", SignatureState.WAITING))


def test_who_signed_stands_under_every_language(study):
    sign(study, "childx")
    sign(study, "radio")
    assert (under(study, "en"), under(study, "sv")) == (("childx", "radio"), ("childx", "radio"))
    assert state(study, "radio") == PartnerSignature("radio", SignatureState.SIGNED, AT, ("en", "sv"))


def test_text_that_was_changed_after_a_signature_has_no_name_under_it(study):
    sign(study, "childx")
    (study / "statements/time-limits/en.txt").write_text(EN.replace("one thing", "two things"), "utf-8")
    assert (under(study, "en"), under(study, "sv")) == ((), ())
    assert state(study, "childx").state is SignatureState.LAPSED


def test_text_that_was_put_back_has_its_names_again(study):
    sign(study, "childx")
    file = study / "statements/time-limits/en.txt"
    file.write_text("Another\n\ntext.", "utf-8")
    file.write_text(EN, "utf-8")
    assert under(study, "en") == ("childx",)


def test_translation_that_was_changed_has_no_name_under_it_and_the_others_keep_theirs(study):
    sign(study, "childx")
    (study / "statements/time-limits/sv.txt").write_text(SV.replace("en sak", "två saker"), "utf-8")
    assert (under(study, "en"), under(study, "sv")) == (("childx",), ())
    assert state(study, "childx") == PartnerSignature("childx", SignatureState.PARTLY, AT, ("en",))
    sign(study, "childx", at=AT + timedelta(hours=1))
    assert (under(study, "sv"), state(study, "childx").state) == (("childx",), SignatureState.SIGNED)


def test_translation_that_was_added_has_no_name_under_it(study):
    sign(study, "childx")
    write_statement(study, "time-limits", 'languages = ["en", "sv", "fi"]', fi="Otsikko\n\nTeksti.")
    assert (under(study, "en"), under(study, "fi")) == (("childx",), ())


def test_two_texts_that_change_places_have_no_name_under_them(study):
    sign(study, "childx")
    folder = study / "statements/time-limits"
    (folder / "en.txt").write_text(SV, "utf-8")
    (folder / "sv.txt").write_text(EN, "utf-8")
    assert (under(study, "en"), under(study, "sv")) == ((), ())


def test_other_language_made_the_first_has_only_what_was_signed(study):
    sign(study, "childx")
    write_statement(study, "time-limits", 'languages = ["fi", "en", "sv"]', fi="Otsikko\n\nTeksti.")
    assert (under(study, "fi"), under(study, "en")) == ((), ())


def test_signatures_of_another_statement_are_not_taken(study):
    write_statement(study, "other", 'languages = ["en", "sv"]', en="Another\n\nTeaser.", sv="Annan\n\nText.")
    sign(study, "childx", "other")
    shutil.copy(study / "statements/other/signatures.json", study / FILE)
    assert code(study) == "NETWORK_004"
    renamed = (study / FILE).read_text().replace('"other"', '"time-limits"')
    (study / FILE).write_text(renamed)
    assert (under(study, "en"), state(study, "childx").state) == ((), SignatureState.LAPSED)


def test_statement_that_gets_another_name_has_no_name_under_it(study):
    sign(study, "childx")
    (study / "statements/time-limits").rename(study / "statements/new-name")
    with pytest.raises(NetworkError, match="NETWORK_004"):
        read_signatures(study, "new-name")


def test_text_that_changed_while_it_was_read_is_not_signed(study):
    shown = read_statement(study, "time-limits").mark
    (study / "statements/time-limits/sv.txt").write_text("Nytt\n\nNågot helt annat.", "utf-8")
    with pytest.raises(NetworkError, match="NETWORK_005"):
        sign_statement(study, "time-limits", "childx", mark=shown, at=AT)
    assert not (study / FILE).exists()


def test_partner_that_is_not_asked_does_not_sign(study):
    write_statement(study, "time-limits", 'languages = ["en", "sv"]\nasked = ["radio"]')
    with pytest.raises(NetworkError, match="NETWORK_006"):
        sign(study, "childx")
    assert not (study / FILE).exists()


def test_many_at_once_all_sign_and_each_once(study):
    partners = [f"partner-{number}" for number in range(12)]
    mark = read_statement(study, "time-limits").mark
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda one: sign_statement(study, "time-limits", one, mark=mark, at=AT), partners * 2))
    entries = read_signatures(study, "time-limits")
    assert sorted(one.partner for one in entries) == sorted(partners)
    assert sorted(under(study, "en")) == sorted(partners)
    assert [one.name for one in (study / "statements/time-limits").iterdir() if one.name.startswith(".")] == []


def test_signature_that_is_taken_back_is_gone_and_stays_in_the_history(study):
    sign(study, "childx")
    assert withdraw_signature(study, "time-limits", "childx", at=AT - timedelta(days=3))
    assert not withdraw_signature(study, "time-limits", "childx", at=AT)
    assert not withdraw_signature(study, "time-limits", "radio", at=AT)
    assert (under(study, "en"), state(study, "childx").state) == ((), SignatureState.WITHDRAWN)
    assert [str(one.act) for one in read_signatures(study, "time-limits")] == ["signed", "withdrew"]
    sign(study, "childx")
    assert under(study, "en") == ("childx",)


def test_file_holds_hashes_and_no_name_of_a_person(study):
    sign(study, "childx")
    [entry] = json.loads((study / FILE).read_text())["entries"]
    assert sorted(entry) == ["act", "at", "partner", "texts"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.replace('"childx"', '"Child X"'),
        lambda one: one.replace('"signed"', '"agreed"'),
        lambda one: one.replace('"format": 1', '"format": 2'),
        lambda one: one.replace('"partner":', '"person": "x", "partner":'),
        lambda one: one.replace('"partner": "childx"', '"partner": "radio", "partner": "childx"'),
        lambda one: one.replace("2026-11-28T09", "2026-13-28T09"),
        lambda one: one.replace("+00:00", ""),
        lambda one: one[:-9],
        lambda one: "[" * 100_000,
        lambda one: "{}",
        lambda one: "",
    ],
)
def test_file_that_somebody_edited_is_refused(study, spoil):
    sign(study, "childx")
    before = (study / FILE).read_text()
    (study / FILE).write_text(spoil(before))
    assert ((study / FILE).read_text() != before, code(study)) == (True, "NETWORK_004")


def test_file_that_is_a_link_is_refused(study):
    sign(study, "childx")
    (study / FILE).rename(study / "elsewhere.json")
    (study / FILE).symlink_to(study / "elsewhere.json")
    assert code(study) == "NETWORK_004"
