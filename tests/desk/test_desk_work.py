"""A team at the desk: redacted by two, coded blind, decided, undone; each step as a person takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.conftest import ARABIC, AUNT, HOSTILE, LONG, MARKER, SPARE
from tests.desk.desk_here import DeskHere, desk_here
from tests.desk.desk_process import desk_process, make_project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk(ids: dict[str, str]) -> Iterator[DeskHere]:
    with desk_here(Path(ids["path"])) as here:
        yield here


def marked(page: str) -> list[str]:
    return [re.sub("<[^>]*>", "", one) for one in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)]


def codes(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"/codebook/([0-9a-f]{32})", page)))


def test_first_page_says_how_much_and_what_next(desk, ids):
    page = desk.get("/")
    assert f"<strong>{len(ids) - 1}</strong></span> answers" in page
    assert "These are practice answers" in page
    assert "for your pass of redaction" in page


def test_list_names_languages_and_no_tags(desk, ids):
    page = desk.get("/texts")
    assert '<option value="ar">العربية</option>' in page
    assert '<td data-name="Language"><bdi lang="ar">العربية</bdi></td>' in page
    assert ">ar<" not in page


def test_text_is_folded_until_it_is_asked_for(desk, ids):
    desk.post("/note")
    for task in ("", "/redact", "/code", "/decide"):
        assert SPARE[0] not in desk.get(f"/text/{ids[SPARE[0]]}{task}")
    assert SPARE[0] in desk.open_text(ids[SPARE[0]])
    assert SPARE[0] not in desk.post(f"/text/{ids[SPARE[0]]}/fold")


def test_words_and_numbers_are_marked_and_taken_back(desk, ids):
    text = ids[SPARE[1]]
    desk.open_text(text, "redact")
    page = desk.post(f"/text/{text}/redact/words", {"words": "oulu", "category": "place"})
    assert marked(page) == ["[a place: Oulu]"]
    page = desk.post(f"/text/{text}/numbers", {"task": "redact", "numbers": "show"})
    page = desk.post(f"/text/{text}/redact/span", {"from": "4", "to": "5", "category": "unusual"})
    assert "".join(marked(page)) == "[a detail: its own][a place: Oulu]"
    page = desk.post(f"/text/{text}/redact/remove", {"mark": "10-17"})
    desk.post(f"/text/{text}/numbers", {"task": "redact", "numbers": "hide"})
    page = desk.post(f"/text/{text}/redact/done")
    assert "[a place]" in page.partition("What is left of it")[2]
    assert "read once" in page


def test_what_is_taken_out_of_a_text_is_said_in_its_language(desk, ids):
    text = ids[ARABIC]
    page = desk.open_text(text, "redact")
    assert '<option value="place">a place · &#x2068;[مكان]&#x2069;</option>' in page
    page = desk.post(f"/text/{text}/redact/words", {"words": "الرباط", "category": "place"})
    assert marked(page) == ["[مكان: الرباط]"]
    assert "<span>a place</span>" in page.partition("Your marks")[2]
    page = desk.post(f"/text/{text}/redact/done")
    assert "في [مكان]، ولم" in page.partition("What is left of it")[2]
    desk.post(f"/text/{text}/redact/remove", {"mark": "22-28"})


@pytest.mark.parametrize(
    ("form", "fields", "told"),
    [
        ("words", {"words": "Nowhere", "category": "place"}, "not in this text"),
        ("words", {"words": " ", "category": "place"}, "nothing was typed"),
        ("words", {"words": "Oulu"}, "nothing was chosen"),
        ("words", {"words": "Oulu", "category": "cat"}, "nothing was chosen"),
        ("span", {"from": "3", "to": "1", "category": "place"}, "no two numbers"),
        ("span", {"from": "999", "category": "place"}, "no two numbers"),
        ("span", {"from": "²", "category": "place"}, "no two numbers"),
    ],
)
def test_what_cannot_be_marked_is_told_with_what_to_do(desk, ids, form, fields, told):
    text = ids[SPARE[2]]
    desk.open_text(text, "redact")
    page = desk.post(f"/text/{text}/redact/{form}", fields)
    assert '<div class="box notice" role="alert">' in page
    assert told in page
    assert "Not saved" not in desk.get(f"/text/{text}/redact")


def test_a_text_that_is_not_there_is_told_in_the_list(desk):
    reply = desk.ask("GET", "/text/" + "0" * 32)
    assert reply.status == 303
    assert "no text of the project has this id" in desk.get("/texts")


def test_list_searches_without_an_address(desk):
    page = desk.post("/texts/choose", {"query": "ZEBULON", "item": "wish"})
    assert "1 text." in page
    assert MARKER not in page
    page = desk.post("/texts/choose", {"clear": "1"})
    assert "16 texts." in page
    page = desk.post("/texts/choose", {"language": "ar"})
    assert "1 text." in page
    desk.post("/texts/choose", {"clear": "1"})


def test_hostile_text_is_words(desk, ids):
    for task in ("", "redact", "code", "decide"):
        page = desk.open_text(ids[HOSTILE], task)
        assert "&lt;script&gt;top.hurt = 1&lt;/script&gt;&lt;img" in page
        assert "{{ 7 * 7 }}{% raw %}" in page
        assert "and 396 more marks" in page
        assert re.search("[\x00\x1b\u202e\u2066\ufeff]", page) is None
        assert "<script" not in page
    page = desk.post(f"/text/{ids[HOSTILE]}/redact/words", {"words": "<script>", "category": "unusual"})
    assert marked(page) == ["[a detail: &lt;script&gt;]"]
    page = desk.post(f"/text/{ids[HOSTILE]}/memo", {"words": "<script>top.hurt = 1</script>\x00"})
    assert "<script" not in page


def test_two_million_letters_come_in_portions(desk, ids):
    desk.open_text(ids[LONG])
    page = desk.get(f"/text/{ids[LONG]}")
    assert "part 1 of 334" in page
    assert len(page) < 20_000
    assert "part 334 of 334" in desk.get(f"/text/{ids[LONG]}?part=99999")
    assert "part 1 of 334" in desk.get(f"/text/{ids[LONG]}?part=%F0%9D%9F%99x")


def test_a_wrong_code_is_told_and_a_right_one_is_in_the_tree(desk):
    page = desk.post("/codebook/new", {"name": " "})
    assert "nothing was typed" in page
    page = desk.post("/codebook/new", {"name": "Heard", "definition": "Somebody <b>listened</b>."})
    assert "Somebody &lt;b&gt;listened&lt;/b&gt;." in page
    [code] = codes(page)
    page = desk.post("/codebook/new", {"name": "heard"})
    assert "no other beside it has" in page
    page = desk.post(f"/codebook/{code}", {"name": "Heard", "definition": AUNT})
    assert "repeats an answer word for word" in page
    page = desk.post(f"/codebook/{code}", {"name": "Heard", "retired": "1"})
    assert "retired" in page


NASTY = (
    "",
    "\x00",
    "\ud7ff\u202e",
    "9" * 400,
    "-1",
    "²",
    "../../etc/passwd",
    "<b>",
    "a" * 5_000,
    "x y",
    "new",
    "{{7*7}}",
    "%s%n",
)


@pytest.mark.parametrize("form", [
    "text/{}/open", "text/{}/numbers", "text/{}/memo", "text/{}/translation", "text/{}/redact/words",
    "text/{}/redact/span",
    "text/{}/redact/remove", "text/{}/code/add", "text/{}/code/remove", "text/{}/decide/save", "texts/choose",
    "codebook/new", "codebook/0", "undo/0", "note", "break",
])  # fmt: skip
def test_nothing_that_is_posted_breaks_a_page(desk, ids, form):
    names = (
        "task",
        "memo",
        "words",
        "language",
        "category",
        "from",
        "to",
        "mark",
        "code",
        "segment",
        "reason",
        "query",
    )
    more = ("item", "redaction", "coding", "name", "parent", "definition", "example", "when_not", "into")
    for value in NASTY:
        fields = dict.fromkeys((*names, *more), value)
        page = desk.post(f"/{form.format(ids[SPARE[4]])}", fields)
        assert "</html>" in page
        for path in ("", "/redact", "/code", "/decide", "/history"):
            desk.get(f"/text/{ids[SPARE[4]]}{path}")
    for path in ("/", "/texts", "/codebook", "/history", "/disagreements"):
        desk.get(f"{path}?page=%C2%B2&part=9999999999")
    desk.post("/texts/choose", {"clear": "1"})


def test_undo_takes_an_own_act_back(desk, ids):
    text = ids[SPARE[3]]
    desk.open_text(text, "redact")
    desk.post(f"/text/{text}/redact/words", {"words": "Oulu", "category": "place"})
    [act] = re.findall(r"/undo/([0-9a-f]{32})", desk.get(f"/text/{text}/history"))
    assert "Taken back" in desk.post(f"/undo/{act}")
    assert marked(desk.get(f"/text/{text}/redact")) == []


def team(path: Path, role: str, *options: str):
    return desk_process(path, role, *options)


def give(desk: DeskHere, text: str, code: str, **where: str) -> str:
    desk.open_text(text, "code")
    desk.post(f"/text/{text}/code/add", {"code": code, **where})
    return desk.post(f"/text/{text}/code/done")


def test_two_redact_two_code_blind_and_a_third_decides(tmp_path):
    path = tmp_path / "voices"
    text = make_project(path, [("wish", "en", AUNT)])[AUNT]
    with desk_here(path, "reader-1") as desk:
        assert "the codebook is empty" in desk.get("/")
        desk.post("/codebook/new", {"name": "Silence"})
        silence, knew = codes(desk.post("/codebook/new", {"name": "Was known"}))
        desk.open_text(text, "redact")
        desk.post(f"/text/{text}/redact/words", {"words": MARKER, "category": "relative"})
        desk.post(f"/text/{text}/redact/done")
        page = give(desk, text, knew, words="knew it")
        assert marked(page) == ["[Was known: knew it]"]
        assert MARKER not in page
        desk.become("reader-2")
        page = desk.open_text(text, "redact")
        assert marked(page) == []  # a second look that has seen the first is none
        desk.post(f"/text/{text}/redact/words", {"words": "Kuopio", "category": "place"})
        page = desk.post(f"/text/{text}/redact/done")
        assert "Two readers are done with it." in page
        assert "My aunt [a relative&#39;s name] knew it, and she lived in [a place]. Nobody" in page
        assert "Was known</strong>" not in desk.open_text(text, "code")
        page = give(desk, text, silence)
        assert "Was known</strong>" in page  # now it is compared
        assert "Not saved" in desk.post(f"/text/{text}/code/done")
        desk.become("reader-3")  # who begins when two are done, and is not
        desk.open_text(text, "code")
        desk.post(f"/text/{text}/code/add", {"code": silence})
        desk.become("lead")
        assert "for a decision" in desk.get("/")
        assert "Coders differ" in desk.get("/disagreements")
        page = desk.open_text(text, "decide")
        key = re.search(rf'value="({knew}:[0-9-]+)"', page)
        assert key is not None
        page = desk.post(f"/text/{text}/decide/save", {"segment": [key[1]], "reason": "It is said."})
        assert "coding: decided · leave to quote: not asked ·" in page
        assert "Nothing is open." in desk.get("/disagreements")
        page = desk.get("/agreement")
        assert "reader-1 and reader-2: 0.000" in page


def test_killed_between_two_requests_nothing_saved_is_lost(tmp_path):
    path = tmp_path / "voices"
    text = make_project(path, [("wish", "en", AUNT)])[AUNT]
    for number, (words, category) in enumerate(((MARKER, "relative"), ("Kuopio", "place"), ("Nobody", "person"))):
        with team(path, "reader-1") as desk:
            desk.open_text(text, "redact")
            page = desk.get(f"/text/{text}/redact")
            assert len(marked(page)) == number
            desk.post(f"/text/{text}/redact/words", {"words": words, "category": category})
            desk.kill()


def test_one_desk_at_a_time(tmp_path):
    path = tmp_path / "voices"
    make_project(path, [("wish", "en", AUNT)])
    with team(path, "reader-1"), pytest.raises(AssertionError, match="PROJECT_008"), team(path, "reader-2"):
        pass


def test_words_are_in_no_file_that_is_written(tmp_path):
    path = tmp_path / "work" / "voices"
    path.parent.mkdir()
    text = make_project(path, [("wish", "en", AUNT)])[AUNT]
    with team(path, "reader-1") as desk:
        desk.open_text(text, "redact")
        desk.post(f"/text/{text}/redact/words", {"words": MARKER, "category": "relative"})
        desk.post(f"/text/{text}/memo", {"words": f"about {MARKER}"})
        desk.post("/texts/choose", {"query": MARKER})
        files = [one for one in tmp_path.rglob("*") if one.is_file()]
        held = [one.name for one in files if MARKER.encode() in one.read_bytes()]
        assert {"voices", "reading-today.json"} <= {one.name for one in files}
        assert held == []
        desk.process.send_signal(2)
        out, err = desk.process.communicate()
    assert MARKER not in out + err


def test_closing_the_desk_ends_the_command(tmp_path):
    path = tmp_path / "voices"
    make_project(path, [("wish", "en", AUNT)])
    with team(path, "reader-1") as desk:
        assert "The desk is closed" in desk.post("/close")
        err = desk.process.communicate()[1]
        assert desk.process.returncode == 0
        assert "everything is saved" in err
