"""A kit whole: its files, what they say, what does not fit, and what its manifest has."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from kuule.kit.help_line import HelpLine
from kuule.kit.kit_building import PIECES, KitPlan, build_contact_sheet, build_kit
from kuule.kit.kit_problems import KitError
from kuule.kit.message_texts import MESSAGES
from kuule.kit.piece import Face, PieceKind
from kuule.kit.piece_setting import SAFETY_TEMPLATE, typeset_piece
from kuule.kit.safety_page import safety_data
from tests.kit.spread_study import one_plan, spread_study, write_kit_words
from tests.study.media.files import png

MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def kit(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("kit")
    plan = one_plan(spread_study(folder / "study"))
    build_kit(plan, folder / "out")
    build_contact_sheet(plan, folder / "sheets")
    return folder


def words_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_kit_has_every_piece_every_message_the_safety_page_and_a_manifest(kit):
    expected = {piece.file for piece in PIECES} | {f"{name}.txt" for name in MESSAGES}
    expected |= {"safety.pdf", "picture-texts.txt", "manifest.json"}
    assert {path.name for path in (kit / "out").iterdir()} == expected


@pytest.mark.parametrize(
    "piece", [one for one in PIECES if one.kind is not PieceKind.PICTURE], ids=lambda one: one.item
)
def test_paper_has_its_size_and_its_bleed_and_is_tagged(kit, piece):
    pdf = PdfReader(kit / "out" / piece.file)
    page = pdf.pages[0]
    trim = (float(page.trimbox.width) / MILLIMETRE, float(page.trimbox.height) / MILLIMETRE)
    whole = (float(page.mediabox.width) / MILLIMETRE, float(page.mediabox.height) / MILLIMETRE)
    assert trim == pytest.approx((piece.width, piece.height), abs=0.05)
    assert whole == pytest.approx((piece.width + 2 * piece.bleed, piece.height + 2 * piece.bleed), abs=0.05)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data()


@pytest.mark.parametrize("piece", [one for one in PIECES if one.kind is PieceKind.PICTURE], ids=lambda one: one.item)
def test_pictures_have_their_pixels_and_a_text_alternative(kit, piece):
    with Image.open(kit / "out" / piece.file) as picture:
        assert picture.size == (piece.width, piece.height)
    alternatives = (kit / "out" / "picture-texts.txt").read_text("utf-8")
    [said] = [part for part in alternatives.split("\n\n") if part.startswith(piece.file)]
    assert "116 016" in said
    assert "survey.example.org/k7/en" in said


def test_grey_pieces_have_no_colour_at_all(kit):
    contents = PdfReader(kit / "out" / "poster-a4-open-grey.pdf").pages[0].get_contents().get_data().decode("latin-1")
    colours = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|sc|SC|scn|SCN)\b", contents)
    assert {one for one in colours if len(set(one)) > 1} == set()


def test_outside_of_a_card_says_nothing(kit):
    inside, outside = PdfReader(kit / "out" / "card-open.pdf").pages
    assert "survey.example.org" in inside.extract_text()
    assert outside.extract_text().strip() == ""
    assert list(outside.images) == []


@pytest.mark.parametrize("item", ["poster-a4-discreet", "card-discreet", "poster-letter-discreet-grey"])
def test_discreet_face_names_neither_subject_nor_partner_nor_service(kit, item):
    said = words_of(kit / "out" / f"{item}.pdf")
    assert "A survey for adults. 5 minutes. No names." in said
    assert "116 016" in said
    assert [word for word in ("lived through", "ChildX", "Stödlinjen", "An organisation") if word in said] == []


@pytest.mark.parametrize("letters", [48, 51, 54])
def test_number_of_help_stands_on_one_line_of_the_safety_page(tmp_path: Path, letters: int) -> None:
    """With a name of so many letters before it the line is full within the number."""
    name = ("line of help " * 6)[:letters].strip()
    content = one_plan(spread_study(tmp_path / "study")).content
    data = safety_data(replace(content, help=HelpLine(name, "0800 97899")))
    [page] = PdfReader(BytesIO(typeset_piece(data, "safety", template=SAFETY_TEMPLATE).content)).pages
    assert "0800 97899" in page.extract_text().replace("\N{NO-BREAK SPACE}", " ")


def test_open_face_says_who_asks_who_runs_it_and_who_helps(kit):
    said = words_of(kit / "out" / "poster-a4-open.pdf")
    expected = (
        "A survey of adults who lived through it.",
        "This survey is run by An organisation.",
        "ChildX",
        "To talk to someone: Stödlinjen, 116 016",
        "survey.example.org/k7/en",
    )
    assert [one for one in expected if one not in said] == []


def test_a_mail_begins_with_a_subject_that_names_no_subject(kit):
    mail = (kit / "out" / "mail-person-long.txt").read_text("utf-8")
    assert mail.split("\n")[0] == "A survey for adults"
    assert "{" not in mail
    assert "https://survey.example.org/k7/en" in mail


def test_manifest_names_the_partner_the_link_and_the_texts_of_each_piece(kit):
    manifest = json.loads((kit / "out" / "manifest.json").read_text("utf-8"))
    by_item = {one["item"]: one for one in manifest["items"]}
    poster = by_item["poster-a4-open"]
    assert {key: poster[key] for key in ("partner", "link_id", "language", "size_mm", "bleed")} == {
        "partner": "childx",
        "link_id": "k7",
        "language": "en",
        "size_mm": [210, 297],
        "bleed": 3,
    }
    assert poster["text_keys"] == ["about", "open_lead", "help", "scan", "trace", "onion", "run_by"]
    assert by_item["square-discreet"]["alt"].startswith("A plain picture with words, without people: A survey")
    assert manifest["draft"] is False


def test_the_same_texts_give_the_same_kit_to_the_byte(kit, tmp_path):
    build_kit(one_plan(kit / "study"), tmp_path / "again")
    first = {path.name: path.read_bytes() for path in (kit / "out").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == first


def test_contact_sheet_has_each_text_beside_its_source_and_its_state(kit):
    said = words_of(kit / "sheets" / "en.pdf")
    assert "poster-letter-open" in said
    assert "reviewed" in said


@pytest.mark.parametrize(
    ("name", "text", "pieces"),
    [
        ("choose", "You choose what to answer. " * 40, {"poster-a4-discreet", "card-discreet", "square-discreet"}),
        (
            "discreet",
            "Kyselytutkimusosallistumismahdollisuusilmoitus" * 3 + " {minutes}",
            {"poster-a3-discreet", "story-discreet"},
        ),
    ],
)
def test_text_that_does_not_fit_is_named_with_the_letters_that_are_too_many(tmp_path, name, text, pieces):
    folder = spread_study(tmp_path / "study", languages='["sv"]')
    write_kit_words(folder, "sv", **{name: text})
    with pytest.raises(KitError) as caught:
        build_kit(one_plan(folder), tmp_path / "out")
    found = {problem.place.partition(", ")[2]: problem for problem in caught.value.problems}
    assert {problem.code for problem in found.values()} == {"KIT_023"}
    assert pieces <= found.keys()
    assert all(Face.DISCREET in item for item in found)
    assert all(problem.cause.startswith(f"{name} has ") for problem in found.values())
    assert not (tmp_path / "out").exists()


def plan_of(folder: Path, items: Collection[str]) -> KitPlan:
    """The plan of the kit with these pieces alone."""
    plan = one_plan(folder)
    return replace(plan, drawn={piece: data for piece, data in plan.drawn.items() if piece.item in items})


def test_as_many_letters_fewer_as_were_too_many_fit(tmp_path):
    """Where they fitted before, fewer fit as well."""
    folder = spread_study(tmp_path / "study", languages='["sv"]')
    text = "abcd " * 200
    write_kit_words(folder, "sv", choose=text)
    with pytest.raises(KitError) as caught:
        build_kit(one_plan(folder), tmp_path / "out")
    most = max(int(problem.cause.split(" has ")[1].split()[0]) for problem in caught.value.problems)
    items = {problem.place.partition(", ")[2] for problem in caught.value.problems}
    write_kit_words(folder, "sv", choose=text[:-most].strip())
    build_kit(plan_of(folder, items), tmp_path / "out")
    write_kit_words(folder, "sv", choose=text[: -most + 6].strip())
    with pytest.raises(KitError):
        build_kit(plan_of(folder, items), tmp_path / "out")


def test_letters_that_no_font_has_are_named(tmp_path):
    folder = spread_study(tmp_path / "study", languages='["sv"]')
    write_kit_words(folder, "sv", choose="\U000f1234")
    with pytest.raises(KitError, match=r"KIT_021 .*no font on this machine has U\+F1234"):
        build_kit(one_plan(folder), tmp_path / "out")


def test_address_too_long_for_a_card_is_refused(tmp_path):
    folder = spread_study(tmp_path / "study")
    (folder / "kit.toml").write_text(f'address = "https://{"long." * 40}example.org"\n', "utf-8")
    with pytest.raises(KitError, match="KIT_020 childx/en, card-discreet: the address has"):
        one_plan(folder)


def test_a_logo_is_drawn_on_the_open_face_alone(tmp_path):

    folder = spread_study(tmp_path / "study", logo='"childx.png"')
    (folder / "identity").mkdir()
    (folder / "identity" / "childx.png").write_bytes(png(60, 20))
    build_kit(plan_of(folder, {f"poster-a4-{face}" for face in Face}), tmp_path / "out")
    sizes = {
        face: [picture.image.size for picture in PdfReader(tmp_path / "out" / f"poster-a4-{face}.pdf").pages[0].images]
        for face in Face
    }
    assert sizes == {Face.DISCREET: [], Face.OPEN: [(60, 20)]}
