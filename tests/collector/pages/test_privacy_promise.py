"""The promise: a sentence for what the code does, and none for what it does not."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from kuule.collector.http.collector_site import configure_django
from kuule.collector.http.upload_limits import UploadLimits
from kuule.collector.pages.privacy_promise import promise_sections
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.served.served_editions import load_editions
from kuule.collector.session.token import TokenError, TokenKeys, open_token, seal_token
from kuule.core.limits import MAX_TOKEN_HOURS
from kuule.opening.private_key import PrivateKey
from kuule.sealing.memory_scrubbing import ALLOCATOR_VARIABLES
from kuule.store.rewriting import REWRITE_INTERVAL
from tests.collector.site_for_tests import start
from tests.loaded.loaded_process import run_loaded
from tests.study.small_study import SETTINGS, make_edition

KEY_IS_AWAY = {
    "en": "isn’t on this site",
    "sv": "och finns inte på webbplatsen",
    "ar": "وهو غير موجود في هذا الموقع",
}
NOTHING_REAL = {
    "en": "Please write nothing real.",
    "sv": "Skriv inget verkligt.",
    "ar": "نرجو عدم كتابة أي شيء حقيقي.",
}
TAKEN_AWAY = {
    "en": "stay on this site’s computer until An organisation collects them.",
    "sv": "ligger kvar på webbplatsens dator tills sv: An organisation hämtar dem.",
    "ar": "تبقى الإجابات المختومة على حاسوب هذا الموقع إلى أن تستلمها ar: An organisation.",
}
DELETED = {"en": "deleted", "sv": "raderas", "ar": "تُحذف"}


@pytest.fixture(scope="module")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    make_edition(folder, key=PrivateKey.generate(bytes(range(32, 64)), rehearsal=False))
    return folder / "edition"


def promised(folder: Path, tag: str, *, rehearsal: bool) -> str:
    served = load_editions(ServeOptions((folder,), "", rehearsal=rehearsal, drafts=True)).current
    return " ".join(
        sentence
        for section in promise_sections(served, served.languages[tag], scrubbed=True)
        for sentence in section.sentences
    )


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


HANDED_OVER = {
    "en": ("A court or authority may order them to hand it over.", "except what you wrote yourself."),
    "sv": ("En domstol eller myndighet kan beordra dem att lämna ut det.", "utom det du själv har skrivit."),
    "ar": ("وقد تأمرهم محكمة أو سلطة بتسليمه.", "إلا ما كتبته بنفسك."),
}


@pytest.mark.parametrize("tag", sorted(HANDED_OVER))
def test_who_holds_the_key_may_be_ordered_to_hand_over_what_was_sent(real_folder: Path, tag: str) -> None:
    said = promised(real_folder, tag, rehearsal=False)
    assert [text in said for text in HANDED_OVER[tag]] == [True, True]


def test_thanks_say_of_the_key_what_is_so(edition_folder: Path, real_folder: Path, tmp_path: Path) -> None:
    """A practice key may lie on the same machine; a real one does not."""
    said = []
    for folder, rehearsal in ((edition_folder, True), (real_folder, False)):
        home = tmp_path / str(rehearsal)
        home.mkdir()
        browser = start(folder, home, rehearsal=rehearsal).answer({"wish": "To be heard."})
        browser.press("send")
        assert browser.shown.heading == "Thank you"
        said.append(browser.shown.words)
        connections.close_all()
    away, nothing = "only with a key that is not on the internet", "with a practice key that protects nothing"
    assert [(away in words, nothing in words) for words in said] == [(False, True), (True, False)]


def test_hours_are_those_after_which_no_page_is_opened() -> None:
    keys, sealed_at = TokenKeys(bytes(32)), datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    token = seal_token(b"{}", keys, sealed_at)
    assert open_token(token, keys, sealed_at + timedelta(hours=MAX_TOKEN_HOURS, seconds=-1)) == b"{}"
    with pytest.raises(TokenError):
        open_token(token, keys, sealed_at + timedelta(hours=MAX_TOKEN_HOURS))


def test_order_is_said_to_go_daily_as_it_does(real_folder: Path) -> None:
    assert "Normally it’s rewritten at least once a day;" in promised(real_folder, "en", rehearsal=False)
    assert timedelta(days=1).total_seconds() == REWRITE_INTERVAL


def test_what_the_storage_tells_is_said_of_the_one_in_use(real_folder: Path) -> None:
    """A server's log has the time of each answer until it is rewritten; a file has that of the last one. Where several
    servers follow one another, etcd tells for longer when something was written, and one that is away tells all."""
    parts = (
        "shows when the last answer came, and partly",
        "this site’s storage shows when answers came, and in which order",
        "kept on several computers. For days or months, these show when something was stored, though not which",
    )
    databases = {
        "postgresql://kuule@10.0.0.1,10.0.0.2,10.0.0.3/kuule?passfile=/etc/kuule/pgpass": (False, True, True),
        "postgresql://kuule@/kuule?host=/run/postgresql": (False, True, False),
        # The file last: what is configured stays so for other tests of this process.
        "sqlite:////var/lib/kuule/kept.sqlite3": (True, False, False),
    }
    for database, told in databases.items():
        configure_django(database, UploadLimits())
        said = promised(real_folder, "en", rehearsal=False)
        assert tuple(part in said for part in parts) == told


MOMENTARY = {"en": "what you type for a moment", "sv": "en kort stund", "ar": "للحظة"}
TRACES = {"en": "traces may stay in its memory", "sv": "spår kan bli kvar i minnet", "ar": "وقد تبقى آثار في ذاكرته"}
SENT_BEFORE = {"en": "not what was sent before", "sv": "inte det som skickats tidigare", "ar": "لا ما أُرسل من قبل"}


@pytest.mark.parametrize("tag", sorted(MOMENTARY))
@pytest.mark.parametrize("scrubbed", [True, False])
def test_memory_is_said_to_be_as_it_is(real_folder: Path, tag: str, scrubbed: bool) -> None:
    served = load_editions(ServeOptions((real_folder,), "", drafts=True)).current
    made = promise_sections(served, served.languages[tag], scrubbed=scrubbed)
    said = " ".join(sentence for section in made for sentence in section.sentences)
    assert [MOMENTARY[tag] in said, SENT_BEFORE[tag] in said, TRACES[tag] in said] == [scrubbed, scrubbed, not scrubbed]


ASKED = """
import sys
from pathlib import Path
from kuule.collector.http.collector_site import start_site
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.pages.privacy_promise import promise_sections
folder, home, front = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "scrubbed"
secret = home / "secret"
secret.write_bytes(bytes(32))
secret.chmod(0o600)
wanted = ServeOptions((folder,), f"sqlite:///{home / 'kept'}", drafts=True, secret=secret, scrubbed_front=front)
served = start_site(ServeOptions.from_text(wanted.to_text())).conversation.editions.current
sections = promise_sections(served, served.languages["en"])
print(" ".join(sentence for section in sections for sentence in section.sentences))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc overwrites")
@pytest.mark.parametrize("front", ["unknown", "scrubbed"])
@pytest.mark.parametrize("here", [True, False])
def test_promise_asks_this_process_and_what_is_said_of_the_front(
    real_folder: Path, tmp_path: Path, front: str, here: bool
) -> None:
    """Momentary only where both hold: nobody can know from here what a proxy keeps."""
    environment = {**os.environ, **(ALLOCATOR_VARIABLES if here else {})}
    command = [sys.executable, "-c", ASKED, str(real_folder), str(tmp_path), front]
    said = run_loaded(command, env=environment, text=True, check=True).stdout
    momentary = here and front == "scrubbed"
    assert (MOMENTARY["en"] in said, TRACES["en"] in said) == (momentary, not momentary)


NO_PROOF = {"en": "doesn’t prove which key", "sv": "bevisar inte vilken nyckel", "ar": "لا تثبت لأي مفتاح"}


@pytest.mark.parametrize("tag", sorted(NO_PROOF))
def test_fingerprint_is_said_to_prove_nothing_of_what_the_site_seals_to(real_folder: Path, tag: str) -> None:
    """A dishonest site shows the right one."""
    assert NO_PROOF[tag] in promised(real_folder, tag, rehearsal=False)


LENGTHS = {"en": "how long your own words are", "sv": "hur långa dina egna ord är", "ar": "طول كلماتك"}


@pytest.mark.parametrize("tag", sorted(LENGTHS))
def test_lengths_are_said_to_be_seen(real_folder: Path, tag: str) -> None:
    assert LENGTHS[tag] in promised(real_folder, tag, rehearsal=False)


def test_network_is_shut_out_only_by_https_and_onion(real_folder: Path) -> None:
    said = promised(real_folder, "en", rehearsal=False)
    question = "Does this page’s address begin with https, or its name end in .onion?"
    assert f"{question} Then they can’t see what you write; otherwise they can." in said


COUNTED = {
    "en": "This site counts how many answers were sent in each language",
    "sv": "räknar hur många svar som har skickats på varje språk",
    "ar": "يعدّ هذا الموقع كم إجابة أُرسلت بكل لغة",
}
BY_LINK = {"en": "and by each link", "sv": "och via varje länk", "ar": "وعبر كل رابط"}
CAME_BY = {
    "en": "If you came by a partner’s link",
    "sv": "Om du kom via en samarbetspartners länk",
    "ar": "عبر رابط أحد الشركاء",
}
FLAGGED = {"en": "Nobody is turned away for it", "sv": "Ingen blir avvisad för det", "ar": "ولا يُرفض أحد بسبب ذلك"}
LINKS = '[links]\non = {}\n[links.partners]\nk7 = "A partner"\n'
COUNTS = "[counts]\non = false\n"


@pytest.mark.parametrize("tag", sorted(COUNTED))
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", (True, False, False)),
        (LINKS.format("true"), (True, True, True)),
        (LINKS.format("false"), (True, False, False)),
        (COUNTS, (False, False, False)),
        (COUNTS + LINKS.format("true"), (False, False, True)),
    ],
    ids=["no links", "links", "links off", "counts off", "links, counts off"],
)
def test_counts_and_links_are_said_where_they_are_kept(
    tmp_path: Path, tag: str, more: str, said: tuple[bool, ...]
) -> None:
    make_edition(tmp_path, settings=SETTINGS + more)
    found = promised(tmp_path / "edition", tag, rehearsal=True)
    assert tuple(text[tag] in found for text in (COUNTED, BY_LINK, CAME_BY)) == said
    assert FLAGGED[tag] in found


def section(folder: Path, tag: str, number: int) -> str:
    """The sentences of one section of the page."""
    served = load_editions(ServeOptions((folder,), "", rehearsal=True, drafts=True)).current
    return " ".join(promise_sections(served, served.languages[tag], scrubbed=True)[number].sentences)


HELP_COUNTED = {
    "en": "how often the help page is opened",
    "sv": "hur ofta hjälpsidan öppnas",
    "ar": "كم مرة تُفتح صفحة المساعدة",
}


@pytest.mark.parametrize("tag", sorted(HELP_COUNTED))
@pytest.mark.parametrize(("on", "opened"), [(True, True), (False, True), (True, False), (False, False)])
def test_count_of_help_is_promised_where_it_is_made_and_there_only(
    tmp_path: Path, tag: str, on: bool, opened: bool
) -> None:
    counts = f"[counts]\non = {str(on).lower()}\nhelp_opened = {str(opened).lower()}\n"
    make_edition(tmp_path, settings=SETTINGS + counts)
    before, after = (section(tmp_path / "edition", tag, number) for number in (0, 1))
    assert (HELP_COUNTED[tag] in before, COUNTED[tag] in after) == (opened, on)
    assert HELP_COUNTED[tag] not in after


def test_study_that_says_nothing_of_it_counts_and_promises_nothing_of_help(tmp_path: Path) -> None:
    make_edition(tmp_path)
    assert HELP_COUNTED["en"] not in promised(tmp_path / "edition", "en", rehearsal=True)


STRIPPED = {
    "en": "We may take what looks like a link",
    "sv": "kan det hända att vi tar bort det innan något sparas",
    "ar": "فقد نحذفه قبل حفظ أي شيء",
}


@pytest.mark.parametrize("tag", sorted(STRIPPED))
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (SETTINGS, False),
        (SETTINGS.replace("[answers]", '[answers]\nstrip = ["links"]'), True),
        (SETTINGS.replace('"survivors"', '"offenders"'), True),
    ],
    ids=["nothing", "links", "offenders"],
)
def test_what_is_taken_out_is_promised_where_something_is(tmp_path: Path, tag: str, settings: str, said: bool) -> None:
    make_edition(tmp_path, settings=settings)
    assert (STRIPPED[tag] in promised(tmp_path / "edition", tag, rehearsal=True)) == said
