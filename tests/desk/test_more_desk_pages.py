"""The dataset, suggestions, side by side, themes, history and files at the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.qualitative.project.dataset_intake import take_dataset
from kuule.qualitative.project.project_files import new_project, opened_project
from kuule.qualitative.redaction_log.passes import passes_of
from tests.dataset.small import record
from tests.desk.conftest import ARABIC, HOSTILE
from tests.desk.desk_here import DeskHere, desk_here
from tests.desk.desk_process import make_project
from tests.desk.quoted_room import MARKER, NEW, QuotedRoom, kept_room, text_with
from tests.desk.test_desk_work import NASTY
from tests.factories import lenient, make_dataset
from tests.qualitative.small_project import CHEAP, DAY, PASSPHRASE

NAMES = "My teacher Anna Virtanen lived in Helsinki. Call +358 40 123 4567."


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> QuotedRoom:
    return kept_room(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def desk(room: QuotedRoom, tmp_path: Path) -> Iterator[DeskHere]:
    with room.copy(tmp_path / "w") as desk:
        yield desk


@pytest.fixture
def named(tmp_path: Path) -> Iterator[tuple[DeskHere, str, str]]:
    """A desk on a text with names, and on one in a language that nobody has listed words for."""
    ids = make_project(tmp_path / "names", [("wish", "en", NAMES), ("wish", "xh", "Ndandihlala eBhisho noNomsa.")])
    with desk_here(tmp_path / "names") as desk:
        yield desk, ids[NAMES], next(text for words, text in ids.items() if words != NAMES)


def test_dataset_says_how_many_by_language_and_by_weeks_together(desk: DeskHere, tmp_path: Path) -> None:
    assert "Where the dataset is" in desk.get("/dataset")
    page = desk.post("/dataset/choose", {"place": str(tmp_path / "w" / "ds")})
    assert "<strong>202</strong>" in page
    assert re.findall(r'<th scope="row">(2026[^<]*)</th><td class="number">(\d+)', page) == [
        ("2026-W44 to 2026-W48", "70"),
        ("2026-W49", "67"),
        ("2026-W50", "65"),
    ]
    assert "The dataset is locked" in page
    assert "draft, not to be published yet" in page
    assert page.count("not for publication</text>") == 2


def test_questions_are_charts_that_say_they_are_not_for_publication(desk: DeskHere, tmp_path: Path) -> None:
    desk.post("/dataset/choose", {"place": str(tmp_path / "w" / "ds")})
    page = desk.get("/dataset/part/1")
    assert "Had you told it?" in page
    assert "50% (100)" in page
    assert page.count('class="watermark"') == 2
    page = desk.get("/dataset/part/1?by=region")
    assert 'aria-label="not for publication. Yes: North' in page
    assert re.findall(r'<td class="number">(\d+)</td>', page) == ["67", "33", "67", "33", "134", "66"]
    assert "Had you told it?" in desk.get("/dataset/part/1?by=nothing-like-it")
    assert "no such part" in desk.get_followed("/dataset/part/77")


def test_dataset_that_cannot_be_looked_at_is_told(desk: DeskHere, tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    others = make_dataset([record({"wish": "x"})], [lenient()], tmp_path / "others")
    assert others is not None
    (tmp_path / "others").chmod(0o755)
    for place, told in (
        (tmp_path / "open", "other users of this machine can read it"),
        (tmp_path / "nowhere", "there is no dataset in it"),
        (tmp_path / "others", "other users of this machine can read it"),
    ):
        page = desk.post("/dataset/choose", {"place": str(place)})
        assert "Not opened." in page
        assert told in page
    desk.post("/dataset/choose", {"place": str(tmp_path / "w" / "ds")})
    (tmp_path / "w" / "ds" / "dataset.json").unlink()
    assert "there is no dataset in it" in desk.get("/dataset")


def test_suggestion_becomes_a_mark_one_by_one_and_no_pass(named: tuple[DeskHere, str, str]) -> None:
    desk, text, _ = named
    page = desk.open_text(text, "redact")
    keys = re.findall(r'name="suggestion" value="([0-9]+-[0-9]+:[a-z]+)"', page)
    assert len(keys) >= 3
    assert "Found in made-up answers:" in page
    assert "False alarms there:" in page
    page = desk.post(f"/text/{text}/redact/suggested", {"suggestion": keys[0], "part": "1"})
    assert "1 place marked" in page
    assert "you have marked here" in page
    [[version]] = passes_of(desk.session.log, text).values()
    [mark] = version.marks
    assert (mark.detector != "", version.done) == (True, False)
    assert "redaction: started" in page
    assert "it is not among those of this text" in desk.post(
        f"/text/{text}/redact/suggested", {"suggestion": "0-3:person"}
    )
    assert "overlap" in desk.post(f"/text/{text}/redact/suggested", {"suggestion": keys[0]})


def test_language_without_a_detector_says_so_first(named: tuple[DeskHere, str, str]) -> None:
    desk, _, text = named
    page = desk.open_text(text, "redact")
    assert '<div class="box coverage">\n<p><strong>There is no detector for Xhosa' in page


def test_suggestions_of_folded_texts_are_not_there(named: tuple[DeskHere, str, str]) -> None:
    desk, text, _ = named
    desk.post("/note")
    page = desk.get(f"/text/{text}/redact")
    assert "Virtanen" not in page
    assert "suggestion" not in page


def code(desk: DeskHere, text: str, name: str) -> None:
    desk.open_text(text, "code")
    desk.post(f"/text/{text}/code/add", {"code": NEW[name].code})
    desk.post(f"/text/{text}/code/done")


def test_codings_are_laid_side_by_side_and_themes_are_counted(desk: DeskHere) -> None:
    texts = [text_with(desk, words) for words in (MARKER, ARABIC, "17 t")]
    for role, names in (("reader-1", ("Heard", "Heard", "Heard")), ("reader-2", ("Heard", "Silence", "Heard"))):
        desk.become(role)
        desk.post("/note")
        for text, name in zip(texts, names, strict=True):
            code(desk, text, name)
    desk.become("lead")
    desk.post("/note")
    page = desk.get(f"/agreement/{NEW['Heard'].code}")
    assert "on 1 of them coders differ" in page
    first = page.partition('<th scope="row">')[2]
    assert f"/text/{texts[1]}/decide" in first.partition("</th>")[0]
    assert "<bdi>reader-1</bdi></td>" in first.partition("</tr>")[0]
    page = desk.open_text(texts[1], "decide")
    assert "Side by side" in page
    assert re.findall(r'data-name="(reader-\d)">([^<]*)<', page) == [
        ("reader-1", "gave it"), ("reader-2", "–"), ("reader-1", "–"), ("reader-2", "gave it"),
    ]  # fmt: skip
    page = desk.get("/themes")
    assert "2 answers are coded" in page
    assert "1 more is in no number here" in page
    assert "100% (2)" in page
    assert "Silence &lt;b&gt;kept&lt;/b&gt;" in page
    assert "0 answers are coded" in desk.get("/themes?language=ar&item=wish")
    assert "not in the codebook" in desk.get_followed("/agreement/0")
    for path in ("/themes", f"/agreement/{NEW['Heard'].code}"):
        assert "had asked me" not in desk.get(path)


def test_history_of_ones_own_is_not_counted(desk: DeskHere) -> None:
    page = desk.get("/history")
    acts = re.search(r"([0-9]+) acts", page)
    assert acts is not None
    page = desk.get("/history?mine=1&kind=redaction")
    assert "Nothing is counted by person." in page
    assert " acts" not in page.partition("<main")[2].partition("<table")[0]
    assert "reader-1" not in page.partition("<tbody>")[2]
    assert "/undo/" in page
    assert "took in the dataset" not in page.partition("<tbody>")[2]


def test_another_copy_is_merged_by_its_place_or_sent(room: QuotedRoom, tmp_path: Path) -> None:
    for role, name in (("reader-7", "seven"), ("reader-8", "eight")):
        copyfile(room.project, tmp_path / name)
        with desk_here(tmp_path / name, role) as other:
            other.post("/codebook/new", {"name": name})
    with room.copy(tmp_path / "again") as mine:
        page = mine.post("/copies/merge", {"place": str(tmp_path / "seven"), "passphrase": PASSPHRASE.text})
        assert "Merged: 1 act," in page
        before = {one.name for one in tmp_path.iterdir()}
        page = mine.upload("/copies/merge", tmp_path / "eight", {"passphrase": PASSPHRASE.text})
        assert "Merged: 1 act," in page
        assert {one.name for one in tmp_path.iterdir()} == before
        assert {"seven", "eight"} <= {one.name for one in mine.session.tree.entries.values()}
        assert "Not saved." in mine.upload("/copies/merge", tmp_path / "eight", {"passphrase": "a wrong passphrase"})
        assert "give one of the two" in mine.upload(
            "/copies/merge", tmp_path / "eight", {"place": "x", "passphrase": "y"}
        )
        assert "nothing was typed" in mine.post("/copies/merge", {"passphrase": "y"})
        (tmp_path / "junk").write_bytes(b"<script>" * 1000)
        assert "it is no project of Kuule" in mine.upload("/copies/merge", tmp_path / "junk", {"passphrase": "y" * 30})
        own = str(mine.session.project.path)
        assert "merged into" in mine.post("/copies/merge", {"place": own, "passphrase": PASSPHRASE.text})


def test_newer_dataset_is_taken_in_and_what_was_withdrawn_goes(tmp_path: Path) -> None:
    people = {
        10: record({"told": "yes", "wish": f"I am {MARKER}."}),
        20: record({"told": "no", "wish": "To be asked."}),
    }
    make_dataset(people, [lenient()], tmp_path / "ds")
    (tmp_path / "ds").chmod(0o700)
    with new_project(tmp_path / "voices", PASSPHRASE, cost=CHEAP) as project:
        take_dataset(project, tmp_path / "ds", role="lead", day=DAY)
    with desk_here(tmp_path / "voices") as desk:
        text = text_with(desk, MARKER)
        assert MARKER in desk.open_text(text, "redact")
        desk.post(f"/text/{text}/redact/words", {"words": MARKER, "category": "person"})
        assert forget_rows(tmp_path / "ds", {10}) == 1
        page = desk.post("/copies/take", {"place": str(tmp_path / "ds")})
        assert "1 was withdrawn, and 1 act about such texts went with them" in page
        assert "no text of the project has this id" in desk.get_followed(f"/text/{text}/redact")
        assert MARKER not in desk.get("/texts")
        assert "1</strong>" in desk.get("/dataset")
        (tmp_path / "ds").chmod(0o750)
        assert "other users of this machine can read it" in desk.post("/copies/take", {"place": str(tmp_path / "ds")})


def test_redacted_texts_leave_and_come_back_and_nothing_else_does(desk: DeskHere, tmp_path: Path) -> None:
    out = tmp_path / "out.qdpx"
    page = desk.post("/copies/export", {"place": str(out)})
    assert "5 texts with" in page
    assert "texts stay here: not redacted by two" in page
    assert out.stat().st_mode & 0o77 == 0
    assert MARKER.encode() not in out.read_bytes()
    assert "something has this name already" in desk.post("/copies/export", {"place": str(out)})
    assert "its ending is none" in desk.post("/copies/export", {"place": str(tmp_path / "out.zip")})
    assert "Taken in: 0 new codes" in desk.upload("/copies/import", out)
    assert "Taken in: 0 new codes" in desk.post("/copies/import", {"place": str(out), "done": "1"})
    page = desk.post("/copies/export", {"place": str(tmp_path / "book.qdc")})
    assert "2 codes." in page
    (tmp_path / "junk.qdpx").write_bytes(HOSTILE.encode())
    for fields in ({}, {"place": ""}, {"place": "/nowhere/x.qdpx"}, {"place": "\x00.qdc"}):
        assert "Not saved." in desk.post("/copies/import", fields)
    page = desk.upload("/copies/import", tmp_path / "junk.qdpx")
    assert "Not saved." in page
    assert "<script" not in page
    (tmp_path / "a<b>.exe").write_bytes(b"x")
    assert "its ending is none" in desk.upload("/copies/import", tmp_path / "a<b>.exe")


def test_only_two_forms_take_a_file(desk: DeskHere) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nb\r\n--x--\r\n'
    kind = {"Content_Type": "multipart/form-data; boundary=x"}
    for path in (
        "/copies/take",
        "/copies/export",
        "/quotes/export",
        "/texts/choose",
        "/copies/merge/",
        "/dataset/choose",
    ):
        assert desk.ask("POST", path, body, **kind).status == 415
    for path in ("/copies/merge", "/copies/import"):
        assert desk.ask("POST", path, body, **kind, Origin="https://evil.example").status == 403
        assert desk.ask("POST", path, body, **kind, Host="evil.example").status == 421
        assert desk.ask("POST", path, body, **kind, Content_Length=str(65 * 1024 * 1024)).status == 413
        assert desk.ask("POST", f"/{'x' * 43}{path}", body, whole=True, **kind).status == 404
        assert desk.ask("POST", path, b"--y", **kind).status == 303
        many = body.replace(b"--x--", body.replace(b"--x--", b"") + b"--x--")
        assert desk.ask("POST", path, many, **kind).status == 400


@pytest.mark.parametrize("length", ["9" * 5000, "9" * 13, "٣", "-1", "", "x", None])
@pytest.mark.parametrize("path", ["/texts/choose", "/copies/merge"])
def test_a_length_that_is_none_is_refused_politely(desk: DeskHere, path: str, length: str | None) -> None:
    reply = desk.ask("POST", path, b"", Content_Length=length)
    assert reply.status == (413 if length is not None and length.isascii() and length.isdigit() else 411)
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [
    "/dataset/choose", "/quotes/release", "/quotes/export", "/quotes/renumber", "/copies/merge", "/copies/take",
    "/copies/export", "/copies/import", "/quotes/1/refuse", "/quotes/1/withdraw", "/quotes/1/check/begin",
    "/quotes/1/check/release", "/quotes/1/check/leave", "/quotes/1/open", "/quotes/1/translate", "/quotes/1/review",
])  # fmt: skip
def test_every_new_form_is_taken_from_the_desk_alone(desk: DeskHere, path: str) -> None:
    before = len(desk.session.log)
    for headers in (
        {"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": None, "Origin": None},
    ):  # fmt: skip
        assert desk.ask("POST", path, b"", **headers).status == 403
    assert desk.ask("POST", path, b"", Host="localhost:8040").status == 421
    assert desk.ask("GET", path).status in {303, 405}
    assert len(desk.session.log) == before


FORMS = (
    "dataset/choose", "quotes/release", "quotes/export", "quotes/renumber", "copies/take", "copies/export",
    "copies/import", "copies/merge", "text/{text}/redact/suggested", "text/{text}/quote/propose",
    "quotes/{number}/open",
    "quotes/{number}/translate", "quotes/{number}/review", "quotes/{number}/refuse", "quotes/{number}/check/begin",
    "quotes/{number}/check/leave",
)  # fmt: skip
FIELDS = ("place", "passphrase", "user", "suggestion", "part", "words", "from", "to", "group", "language", "reason")


def test_nothing_that_is_posted_breaks_a_new_page(
    desk: DeskHere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = text_with(desk, MARKER)
    desk.open_text(text, "quote")
    page = desk.post(f"/text/{text}/quote/propose", {})
    number = re.findall(r"<h1>Quote ([0-9]+)</h1>", page)[0]
    desk.become("reader-1")
    desk.post("/note")
    desk.post("/quotes/release", {"place": str(tmp_path / "w" / "first")})
    desk.post(f"/quotes/{number}/open")
    for value in NASTY:
        for form in FORMS:
            fields = dict.fromkeys((*FIELDS, "answer", "step", "quote", "done"), value)
            assert "</html>" in desk.post(f"/{form.format(text=text, number=number)}", fields), (form, value)
        for path in ("/dataset", "/quotes", f"/quotes/{number}", "/copies", f"/text/{text}/quote"):
            desk.get(f"{path}?page=%C2%B2&part=9999999999&by=%00&mine&kind=%F0%9F%98%80&item=%00&language=%00")
    desk.get("/themes?item=%00&language=%3Cb%3E")
    desk.get("/history?mine&kind=%00&page=-1")


def test_no_new_page_is_kept_or_downloaded(desk: DeskHere, tmp_path: Path) -> None:
    desk.post("/dataset/choose", {"place": str(tmp_path / "w" / "ds")})
    code = NEW["Heard"].code
    for path in ("/dataset", "/dataset/part/1", "/quotes", "/copies", "/themes", f"/agreement/{code}", "/quotes/1"):
        reply = desk.ask("GET", path)
        assert reply.headers["cache-control"] == "no-store"
        assert "content-disposition" not in reply.headers
        assert reply.headers["content-security-policy"].startswith("default-src 'none'")


def test_translation_of_another_copy_is_found_after_merging(room: QuotedRoom, tmp_path: Path) -> None:
    with room.copy(tmp_path / "other", "reader-7") as other:
        text = text_with(other, MARKER)
        other.open_text(text)
        other.post(f"/text/{text}/translation", {"words": "Kysyisipä joku.", "language": "fi"})
    with room.copy(tmp_path / "mine") as mine:
        assert "0 texts" in mine.post("/texts/choose", {"query": "kysyisipä"})
        place = str(tmp_path / "other" / "voices")
        assert "Merged: 1 act," in mine.post("/copies/merge", {"place": place, "passphrase": PASSPHRASE.text})
        assert "1 text." in mine.post("/texts/choose", {"query": "kysyisipä"})


def test_nothing_unredacted_is_in_any_file_that_is_written(room: QuotedRoom, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    copyfile(room.project, tmp_path / "other")
    (tmp_path / "w").mkdir(mode=0o700)
    copyfile(room.project, tmp_path / "w" / "voices")
    with desk_here(tmp_path / "w" / "voices") as desk:
        text = text_with(desk, MARKER)
        desk.open_text(text, "quote")
        desk.post(f"/text/{text}/quote/propose", {"words": "I wish [a name] had asked me."})
        desk.upload("/copies/merge", tmp_path / "other", {"passphrase": PASSPHRASE.text})
        desk.post("/copies/export", {"place": str(tmp_path / "w" / "out.qdpx")})
        desk.upload("/copies/import", tmp_path / "w" / "out.qdpx")
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert {"voices", "out.qdpx", "other"} <= {one.name for one in files}
    assert [one.name for one in files if MARKER.encode() in one.read_bytes()] == []
    with opened_project(tmp_path / "w" / "voices", PASSPHRASE) as project:
        assert any(MARKER in one.words for one in project.texts.values())


def test_hostile_words_are_words_on_every_new_page(desk: DeskHere, tmp_path: Path) -> None:
    desk.become("reader-1")
    text = text_with(desk, "<script>")
    desk.open_text(text, "quote")
    page = desk.post(f"/text/{text}/quote/propose", {})
    number = int(re.findall(r"<h1>Quote ([0-9]+)</h1>", page)[0])
    desk.become("reader-2")
    desk.post("/note")
    desk.post("/quotes/release", {"place": str(tmp_path / "w" / "first")})
    desk.post(f"/quotes/{number}/open")
    desk.post(f"/quotes/{number}/translate", {"language": "fi", "words": f"{HOSTILE} x"})
    desk.post(f"/quotes/{number}/check/begin")
    pages = [f"/quotes/{number}", f"/quotes/{number}/check/rare", f"/quotes/{number}/check/all", f"/text/{text}/quote"]
    for path in pages:
        page = desk.get(path)
        assert "&lt;script&gt;top.hurt = 1&lt;/script&gt;" in page
        assert re.search("[\x00\x1b\u202e\u2066\ufeff]", page) is None
        assert "<script" not in page


def test_two_million_letters_are_suggested_of_and_quoted_of_in_parts(tmp_path: Path) -> None:
    long = "Anna lived in Helsinki. " * 80_000
    [text] = make_project(tmp_path / "long", [("wish", "en", long)]).values()
    with desk_here(tmp_path / "long") as desk:
        page = desk.open_text(text, "redact")
        assert len(page) < 600_000
        assert "more in other parts of the text" in page
        assert "part 1 of" in desk.get(f"/text/{text}/quote")


def test_right_to_left_text_stays_so_where_a_mark_begins_it(desk: DeskHere) -> None:
    desk.become("reader-1")
    text = text_with(desk, ARABIC)
    desk.open_text(text, "quote")
    desk.post(f"/text/{text}/quote/propose", {})
    assert '<mark><span class="unseen" dir="ltr">[quote ' in desk.get(f"/text/{text}/quote")
