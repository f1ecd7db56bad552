"""Decision 0136: a published set of hashes, by which a code could be seen to be kept, tells too much and proves too
little.

The sets here are what `anchors.md` sketched: each evening the hashes of all codes that are kept, sorted, under one
root, published. Answers are sent over real pages into a real store. Each test is one attack on the sets; the last ones
show what the site tells today, and what a partner can do instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest
from django.db import connection, connections

from kuule.sealing.return_code_hashes import hash_code
from kuule.sealing.return_codes import new_code, read_code
from tests.collector.codes_on_pages import COMING_BACK, another, sent, serve, withdraw
from tests.collector.site_for_tests import TestSite, start
from tests.study.small_study import SETTINGS, make_edition

pytestmark = pytest.mark.usefixtures("cheap_locks")
NOTHING = "Nothing can be withdrawn with this code"
DAYS = ("Monday", "Tuesday", "Wednesday")


@pytest.fixture
def site(coming_back_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(coming_back_folder, tmp_path)
    connections.close_all()


def leaf(tag: bytes) -> bytes:
    """A value made of a code's slow hash, which is not the tag itself: with the tag, codes could be searched for."""
    return hashlib.sha256(b"arrival" + tag).digest()


def leaf_of(site: TestSite, code: str) -> bytes:
    """What whoever has a code looks for in the published sets. It needs no leave and no server."""
    return leaf(hash_code(site.edition.study.id, read_code(code)).tag)


def published_set() -> tuple[bytes, ...]:
    """All that would be published of one day: sorted, so that it has no order of arrival."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tag FROM store_response")
        return tuple(sorted(leaf(bytes(tag)) for (tag,) in cursor.fetchall()))


def three_days(site: TestSite) -> tuple[list[list[str]], list[tuple[bytes, ...]]]:
    """Few people on each of three days: their codes, and the set of each evening."""
    codes, sets = [], []
    for people in (2, 1, 3):
        codes.append([sent(site) for _ in range(people)])
        sets.append(published_set())
    return codes, sets


def test_two_sets_tell_the_day_on_which_an_answer_came(site: TestSite) -> None:
    """Who finds the code on paper has what the week in the envelope, a random row id and a nightly rewriting keep back:
    the day. Sorting hides the order within a day only, and on Tuesday there was one person."""
    codes, sets = three_days(site)
    mine = leaf_of(site, codes[1][0])
    assert [mine in one for one in sets] == [False, True, True]
    assert set(sets[1]) - set(sets[0]) == {mine}
    told = {day: [leaf_of(site, one) for one in codes[number]] for number, day in enumerate(DAYS)}
    came = [set(after) - set(before) for before, after in zip(((), *sets[:-1]), sets, strict=True)]
    assert [set(told[day]) for day in DAYS] == came


def test_sets_count_to_the_unit_what_is_shown_in_tens(site: TestSite) -> None:
    """Counters move at midnight in whole tens (decision 0013). The length of a set says how many came each day."""
    _, sets = three_days(site)
    assert [len(one) for one in sets] == [2, 3, 6]


def test_false_members_hide_the_number_from_nobody_with_a_code(site: TestSite) -> None:
    """The same number of members each day, filled up with random ones, hides how many came, and not when one came."""
    codes, sets = three_days(site)
    filled = [{*one, *(hashlib.sha256(bytes([at])).digest() for at in range(50 - len(one)))} for one in sets]
    assert {len(one) for one in filled} == {50}
    assert [leaf_of(site, codes[1][0]) in one for one in filled] == [False, True, True]


def test_set_shows_who_forced_somebody_whether_they_obeyed(site: TestSite) -> None:
    """A set without what was withdrawn shows that it was, and on which day. One that keeps it makes a code evidence for
    good: today, nobody can tell a code that was withdrawn from one that never was."""
    code = sent(site)
    mine, before = leaf_of(site, code), published_set()
    assert "withdrawn" in withdraw(another(site), code).shown.heading
    assert (mine in before, mine in published_set()) == (True, False)
    asked = [withdraw(another(site), one).shown for one in (code, new_code().groups)]
    assert all(NOTHING in page.words for page in asked)


def test_one_set_after_the_end_is_evidence_for_good(site: TestSite) -> None:
    """The weaker form: one set, published once, which tells no day. It stays true of the paper for ever, offline and
    without a trace; the site, after its last day, answers each code alike."""
    code = sent(site)
    once = published_set()
    site.clock.now = datetime(2027, 7, 1, 12, 0, tzinfo=UTC)
    assert leaf_of(site, code) in once
    asked = [another(site).post("/en/withdraw", [("code", one)]) for one in (code, new_code().groups)]
    assert {page.heading for page in asked} == {"Answers can’t be withdrawn now"}


def test_set_holds_no_operator_to_keeping_answers(site: TestSite) -> None:
    """Whoever deletes an envelope keeps its hash in the set: the person's look is answered with yes. The hash would
    have to name the envelope; then a code leads to the one answer, in every archive (decision 0041)."""
    code = sent(site)
    hashes = published_set()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_response")
    assert (leaf_of(site, code) in hashes, site.kept()) == (True, [])


def test_person_who_is_left_out_has_nothing_to_show(site: TestSite) -> None:
    """A code that the set lacks looks like one that somebody made up: both are twenty digits that anyone can write."""
    left_out, made_up = sent(site), new_code().groups
    hashes = tuple(one for one in published_set() if one != leaf_of(site, left_out))
    assert [leaf_of(site, one) in hashes for one in (left_out, made_up)] == [False, False]
    assert [len(read_code(one).digits) for one in (left_out, made_up)] == [20, 20]


def test_asking_for_a_code_tells_nothing_until_it_is_withdrawn(
    site: TestSite, coming_back_folder: Path, tmp_path: Path
) -> None:
    """Codes that were never sent, were withdrawn, or are of an edition whose day is over have one answer, while
    another edition still takes answers back."""
    old, gone = sent(site), sent(site)
    withdraw(another(site), gone)
    make_edition(tmp_path / "new", settings=SETTINGS + COMING_BACK.replace("2027-06-30", "2027-12-31"))
    serve(site, (coming_back_folder, tmp_path / "new" / "edition"))
    site.clock.now = datetime(2027, 9, 1, tzinfo=UTC)
    pages = [withdraw(another(site), one).shown for one in (old, gone, new_code().groups)]
    assert all(NOTHING in page.words for page in pages)
    assert len({(page.status, page.heading, len(page.body)) for page in pages}) == 1
    assert len(site.kept()) == 1


def test_partner_finds_an_operator_who_omits_by_answers_of_its_own(site: TestSite) -> None:
    """What can be done instead: a partner sends answers as anybody does, keeps the codes, and withdraws them before the
    last day. The operator cannot tell them from others, and each that is gone is seen. Nothing of them stays."""
    trials = [sent(site) for _ in range(6)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_response WHERE row_id IN (SELECT row_id FROM store_response LIMIT 3)")
    missed = sum(NOTHING in withdraw(another(site), one).shown.words for one in trials)
    assert (missed, site.kept()) == (3, [])


def share_unseen(kept: int, omitted: int, trials: int) -> float:
    """The chance that an operator who omits some of the answers omits none of the trials, counted out."""
    answers = range(kept)
    every = list(combinations(answers, omitted))
    return sum(all(one >= trials for one in chosen) for chosen in every) / len(every)


def test_thirty_answers_find_a_tenth_that_is_omitted_almost_always() -> None:
    """The figure of the decision: 0.9 ** 30 is 4 in 100. Counted out, a small store is found sooner than that."""
    assert round(0.9**30, 2) == 0.04
    assert share_unseen(kept=20, omitted=2, trials=10) < 0.9**10
