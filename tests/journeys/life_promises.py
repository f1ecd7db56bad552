"""Every statement of the privacy page, by the name of its text, and what has to be so on each day that it is made."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import lxml.html

from kuule.forms.record import Record
from kuule.languages.gettext.shipped_words import shipped_sources
from kuule.sealing.keys import PublicKey
from kuule.store.rows.drafts import week_number
from tests.journeys.life_machines import ADDRESS, AGENT, Life
from tests.journeys.life_study import DAYS, LAST_TO_TAKE_BACK, WORDS, as_date
from tests.journeys.life_visits import Visitor, take_back
from tests.outside.browsing import Seen, codes_on

KEPT = {
    "store_response": {"row_id", "key_id", "envelope", "tag"},
    "store_draft": {"draft_id", "last_week", "sealed", "visit"},
    "store_withdrawal": {"row_id"},
    "store_counter": {"counter_id", "kind", "name", "steps"},
}
"""All that is kept of people. None of it is a time, an address or a browser."""
_ADDED = "later"
"""The column that the upgrade of this test brings."""


def statements(page: Seen) -> list[str]:
    """The names of the texts that a privacy page says, in its order. Fails for a sentence that is none of them."""
    found = []
    for element in page.document.xpath("//main//p[not(@class)]"):
        for link in element.xpath(".//a"):
            link.drop_tree()
        found.append(_name(_plain(element)))
    return found


def _plain(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00ad", "").split())


def _name(sentence: str) -> str:
    names = [name for name, pattern in _patterns().items() if pattern.fullmatch(sentence)]
    assert len(names) == 1, f"no promise of which a test knows: {sentence}"
    return names[0]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        one.key.removeprefix("interface:"): re.compile(
            re.sub(r"\\\{\w+\\\}", ".+", re.escape(" ".join(one.text.split())))
        )
        for one in shipped_sources()
        if one.key.removeprefix("interface:").startswith(("promise_", "choice_send"))
    }


def promise_names() -> set[str]:
    """All texts that a privacy page can say, headings among them."""
    return set(_patterns())


def nobody_is_known(life: Life) -> None:
    """Neither names nor addresses nor browsers nor times: in no file, no column and no log."""
    assert life.holding(AGENT.encode(), ADDRESS.encode()) == []
    said = life.host.said.read_text()
    assert AGENT not in said
    assert ADDRESS not in said
    for table, columns in life.columns().items():
        if table in KEPT:
            assert columns - {_ADDED} == KEPT[table], table


def nothing_comes_from_elsewhere(life: Life) -> None:
    """No cookie, no script, nothing from another site, on any page that somebody saw today."""
    for page in life.today.pages():
        assert "set-cookie" not in dict(page.head)
        if dict(page.head).get("content-type", "").startswith("text/html"):
            _check_page(page)


def _check_page(page: Seen) -> None:
    document = page.document
    assert not document.xpath("//script|//iframe|//object|//embed|//@*[starts-with(name(), 'on')]"), page.path
    loaded = document.xpath("//@src|//link/@href|//form/@action|//@srcset|//@poster|//@data")
    assert [one for one in loaded if re.match(r"[a-z]+:|//", str(one))] == [], page.path


def nothing_is_kept_before_sending(life: Life) -> None:
    """Somebody writes and sends nothing: no row, no word. What lay in a page for more than 25 hours opens no more."""
    before = life.counts()
    if life.is_open:
        life.left[life.day] = Visitor(life).begin().write()
        assert life.counts() == before
    for day, visitor in life.left.items():
        if (as_date(DAYS[life.day]) - as_date(DAYS[day])).days > 1 and life.process:
            browser = life.browser()
            browser.seen.append(visitor.browser.page)
            browser.press("send")
            assert codes_on(browser.page) == [], browser.page.text
            assert life.counts() == before
    nobody_can_read_what_was_written(life)


def nobody_can_read_what_was_written(life: Life) -> None:
    """No word that anybody wrote is in a file of the machine that collects; its key is another machine's."""
    assert life.holding(WORDS.encode(), life.secret_line) == []
    for row in life.responses():
        assert row.key_id == _key(life).key_id


def pauses_are_sealed_and_go(life: Life) -> None:
    """A pause is kept under its code alone, and is gone when it was sent, or when the week of its last day is over."""
    today = week_number(as_date(DAYS[life.day]))
    for pause in life.pauses:
        assert life.holding(pause.code.encode()) == []
        if pause.code in life.resumed or week_number(pause.until) < today:
            assert life.holding(pause.sealed) == [], f"paused on day {pause.day}"
        elif life.has_store:
            assert pause.sealed in {bytes(sealed) for (sealed,) in life.rows("SELECT sealed FROM store_draft")}
    if life.has_store:
        assert all(week >= today for (week,) in life.rows("SELECT last_week FROM store_draft"))


def whoever_deletes_leaves_a_number(life: Life) -> None:
    """One random number more, and pages that are still open show nothing."""
    if not life.is_open:
        return
    before = life.counts()
    visitor = Visitor(life).begin().go_to("wish")
    page = visitor.browser.page
    visitor.end()
    assert life.counts() == (before[0], before[1], before[2] + 1)
    visitor.browser.seen.append(page)
    assert visitor.words not in visitor.browser.press("next").text
    assert "send" not in visitor.browser.page.moves


def counts_are_whole_tens(life: Life) -> None:
    """No counter is above what it counts, none tells the units, and none is of a language and a link together."""
    if not life.has_store:
        return
    helped = sum("/help" in page.path for log in life.logs.values() for page in log.pages())
    for kind, name, steps in life.rows("SELECT kind, name, steps FROM store_counter"):
        assert name in ("", "en", "sv", "ar", "k7", "m4") or kind not in ("language", "link"), (kind, name)
        assert 10 * steps <= max(len(life.sent), helped), (kind, name, steps)


def inside_is_what_is_said(life: Life) -> None:
    """Opened with the key: answers, language, link, edition, week, marks; the edition is one that was served."""
    for record in life.records():
        assert re.fullmatch(r"2027-W\d\d", record.week)
        assert record.language in ("en", "sv", "ar")
        assert record.link in ("", "k7", "m4")
        assert record.edition in {edition.id for edition in life.read_editions()}
        assert all(re.fullmatch(r"[a-z_]+(:\d+)?", flag) for flag in record.flags), record.flags


def words_in(record: Record) -> str:
    """What somebody wrote, in an opened record."""
    return next(value for path, value in record.answers.items() if path.endswith("/wish"))


def sizes_are_equal(life: Life) -> None:
    assert len({len(row.envelope) for row in life.responses()}) <= 1


def what_was_sent_stays_until_it_is_collected(life: Life) -> None:
    """As many as were sent and not taken back, each once, for as long as there is a store."""
    if life.has_store:
        assert sorted(map(words_in, life.records())) == sorted(life.kept_words())


def what_was_taken_back_is_gone(life: Life) -> None:
    """Its bytes are in no file but backups from before, a number stays, and it can be taken back until the day that is
    said and not after."""
    for taken in life.taken_back:
        backups = {str(path) for path in life.backups_until(taken.day)}
        assert set(life.holding(taken.envelope)) <= backups
        if life.has_store:
            assert life.rows(f"SELECT 1 FROM store_withdrawal WHERE row_id = {taken.row_id}")
    if life.process:
        over = as_date(DAYS[life.day]) > LAST_TO_TAKE_BACK
        said = take_back(life, "0" * 20).page.text
        assert ("Answers can’t be withdrawn now" in said) == over, said


def rows_tell_no_order(life: Life) -> None:
    """After the night's rewriting rows lie by their random ids, whoever came first."""
    for day, ids in life.mornings.items():
        assert ids == sorted(ids), f"on day {day}"


def results_show_no_words(life: Life) -> None:
    """Nothing is published before the end; the report has no word that somebody wrote, and no small number."""
    report = life.analyst / "report"
    assert report.exists() == (life.day >= 9)
    for path in report.rglob("*.html"):
        text = _plain(lxml.html.document_fromstring(path.read_bytes()))
        assert WORDS not in text
        assert "not shown" in text, "too few people answered this survey for any number"


def key_is_the_agreed_one(life: Life) -> None:
    if life.process:
        key, page = _key(life), life.get("/en/privacy").text
        assert key.fingerprint in page
        assert key.fingerprint_words in page


def pages_have_a_quiet_title(life: Life) -> None:
    for page in life.today.pages():
        for title in page.document.xpath("//title"):
            assert "study" not in _plain(title).lower(), page.path


def _key(life: Life) -> PublicKey:
    return life.read_editions()[-1].key


CHECKS: dict[str, Callable[[Life], None]] = {
    "choice_send_pause": nothing_is_kept_before_sending,
    "promise_short_who": nobody_is_known,
    "promise_short_read": nobody_can_read_what_was_written,
    "promise_before_text": nothing_is_kept_before_sending,
    "promise_pause": pauses_are_sealed_and_go,
    "promise_ended": whoever_deletes_leaves_a_number,
    "promise_counts_help": counts_are_whole_tens,
    "promise_after_text": nobody_can_read_what_was_written,
    "promise_inside": inside_is_what_is_said,
    "promise_link": inside_is_what_is_said,
    "promise_flags": inside_is_what_is_said,
    "promise_stripped": inside_is_what_is_said,
    "promise_same_size": sizes_are_equal,
    "promise_retention": what_was_sent_stays_until_it_is_collected,
    "promise_counts_links": counts_are_whole_tens,
    "promise_withdraw": what_was_taken_back_is_gone,
    "promise_limit_backup": what_was_taken_back_is_gone,
    "promise_never_text": nobody_is_known,
    "promise_published_text": results_show_no_words,
    "promise_text_answers": results_show_no_words,
    "promise_limit_order": rows_tell_no_order,
    "promise_limit_times": rows_tell_no_order,
    "promise_key_text": key_is_the_agreed_one,
    "promise_leaving_text": pages_have_a_quiet_title,
}
"""What is looked at for each statement of this study's page."""
LIMITS = frozenset(
    {
        "promise_short_limit", "promise_limit_traces", "promise_limit_site", "promise_limit_open",
        "promise_limit_withdraw", "promise_limit_code", "promise_limit_device", "promise_limit_lengths",
        "promise_limit_stored", "promise_limit_translate", "promise_limit_back", "promise_limit_cluster",
        "promise_leaving_computer", "promise_leaving_phone", "promise_leaving_empty", "promise_leaving_private",
    }
)  # fmt: skip
"""Statements of what is not in Kuule's hands: what a person's own device, network, court or reader does."""
OTHERS = frozenset({"choice_send", "promise_after_practice", "promise_practice", "promise_counts"})
"""Statements in the place of others, of studies without pauses, with a practice key, without links."""
HEADINGS = frozenset(
    {
        "promise_title", "promise_before", "promise_after", "promise_never", "promise_published", "promise_limit",
        "promise_leaving", "promise_key",
    }
)  # fmt: skip


def keep_promises(life: Life) -> list[str]:
    """Look whether all that the page says is so today. Returns the names of the statements.

    Once the site is gone, the last page is what people were told, and it holds on.
    """
    if life.process:
        life.promised = statements(life.get("/en/privacy"))
    unchecked = set(life.promised) - set(CHECKS) - LIMITS
    assert unchecked == set(), "a promise that no test holds"
    for check in dict.fromkeys(CHECKS[name] for name in life.promised if name in CHECKS):
        check(life)
    nothing_comes_from_elsewhere(life)
    return life.promised
