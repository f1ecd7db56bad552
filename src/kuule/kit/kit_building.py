"""Building one kit, of one partner in one language: every piece is set and measured before the first file is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kuule.core.files import json_bytes, write_atomically
from kuule.core.folders import create_unfinished_folder, exchange_folders
from kuule.core.problems import Problem, raise_errors
from kuule.kit.contact_sheet import contact_data
from kuule.kit.fold_card import card_pieces
from kuule.kit.kit_content import KitContent
from kuule.kit.kit_manifest import (
    MANIFEST_FILE,
    ManifestItem,
    manifest_table,
    reviewing_roles,
    source_hash,
)
from kuule.kit.kit_problems import KitError
from kuule.kit.message_texts import MessageText, message_texts
from kuule.kit.piece import Piece, PieceKind
from kuule.kit.piece_data import PieceData, picture_alternative, piece_data
from kuule.kit.piece_setting import CONTACT_TEMPLATE, SAFETY_TEMPLATE, TextFit, fit_problems, typeset_piece
from kuule.kit.posters import poster_pieces
from kuule.kit.safety_page import SAFETY_FILE, SAFETY_KEYS, safety_data
from kuule.kit.screen_pictures import picture_pieces
from kuule.kit.survey_code import check_module_size

ALTERNATIVES_FILE = "picture-texts.txt"
_A4 = (210.0, 297.0)
PIECES = (*poster_pieces(), *card_pieces(), *picture_pieces())


@dataclass(slots=True)
class KitPlan:
    """A kit that is not set yet: the data of its pieces, its messages, and what its manifest will say."""

    content: KitContent
    drawn: Mapping[Piece, PieceData]
    messages: tuple[MessageText, ...]
    items: tuple[ManifestItem, ...]
    fits: dict[str, tuple[TextFit, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The folder of the kit within that of all kits."""
        return f"{self.content.partner.code}/{self.content.tag}"

    @property
    def is_measured(self) -> bool:
        """Whether every piece was set, even if a text of it is too long."""
        return len(self.fits) == len(self.drawn)


def plan_kit(content: KitContent) -> KitPlan:
    """What a kit will be made of. Raises KitError KIT_020 (the address is too long for a code on paper)."""
    smallest = min((piece for piece in PIECES if piece.code), key=lambda piece: piece.code)
    check_module_size(content.address, smallest.code, f"{content.partner.code}/{content.tag}, {smallest.item}")
    drawn = {piece: piece_data(piece, content) for piece in PIECES}
    messages = message_texts(content)
    return KitPlan(content, drawn, messages, tuple(_items(content, drawn, messages)))


def _items(
    content: KitContent, drawn: Mapping[Piece, PieceData], messages: tuple[MessageText, ...]
) -> Iterator[ManifestItem]:
    for piece, data in drawn.items():
        one = _item(content, piece.item, piece.file, piece.text_keys, data)
        size = (piece.width, piece.height)
        if piece.kind is PieceKind.PICTURE:
            yield replace(one, size_px=size, alt=picture_alternative(piece, content))
        else:
            yield replace(one, size_mm=size, bleed=piece.bleed)
    for message in messages:
        yield _item(content, message.item, f"{message.item}.txt", message.text_keys, message.text)
    yield _item(content, "picture-texts", ALTERNATIVES_FILE, ("alt",), _alternatives(content))
    yield replace(_item(content, "safety", SAFETY_FILE, SAFETY_KEYS, safety_data(content)), size_mm=_A4)


def _item(content: KitContent, item: str, file: str, keys: tuple[str, ...], data: object) -> ManifestItem:
    return ManifestItem(
        item=item,
        file=file,
        language=content.tag,
        partner=content.partner.code,
        link_id=content.partner.link,
        text_keys=keys,
        source_hash=source_hash(data),
        reviewed_by=reviewing_roles(content, keys),
    )


def build_kit(plan: KitPlan, to: Path) -> tuple[Path, ...]:
    """Write a kit into the folder `to`, in place of one that is there, and return its files.

    Raises KitError KIT_021 to KIT_023 with every text that does not fit; nothing is then written.
    """
    files = {**_set_pieces(plan), **_other_files(plan)}
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = create_unfinished_folder(to, mode=0o755)
    try:
        for name, content in files.items():
            (draft / name).write_bytes(content)
        if to.is_dir():
            exchange_folders(draft, to)
        else:
            draft.rename(to)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return tuple(to / name for name in files)


def _set_pieces(plan: KitPlan) -> dict[str, bytes]:
    files, problems = {}, list[Problem]()
    for piece, data in plan.drawn.items():
        place = f"{plan.name}, {piece.item}"
        known = plan.fits.get(piece.measured_as, ())
        made = typeset_piece(data, place, picture=piece.kind is PieceKind.PICTURE, known=known)
        plan.fits[piece.item] = made.fits
        problems += fit_problems(made.fits, place)
        files[piece.file] = made.content
    raise_errors(problems, KitError)
    return files


def _other_files(plan: KitPlan) -> dict[str, bytes]:
    content = plan.content
    safety = typeset_piece(safety_data(content), f"{plan.name}, {SAFETY_FILE}", template=SAFETY_TEMPLATE)
    return {
        **{f"{one.item}.txt": one.text.encode() for one in plan.messages},
        ALTERNATIVES_FILE: _alternatives(content).encode(),
        SAFETY_FILE: safety.content,
        MANIFEST_FILE: json_bytes(manifest_table(plan.items, draft=content.draft)),
    }


def build_contact_sheet(plan: KitPlan, to: Path) -> Path:
    """Write the sheet of a language, with the pieces of one partner, whose kit is built: `to/<language>.pdf`."""
    sheet = contact_data(plan.content, plan.drawn, plan.fits)
    made = typeset_piece(sheet, f"contact sheet of {plan.content.tag}", template=CONTACT_TEMPLATE)
    path = to / f"{plan.content.tag}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, made.content)
    return path


def _alternatives(content: KitContent) -> str:
    """The text alternative of each picture, to be pasted where the picture is posted."""
    pictures = (piece for piece in PIECES if piece.kind is PieceKind.PICTURE)
    return "\n\n".join(f"{piece.file}\n{picture_alternative(piece, content)}" for piece in pictures) + "\n"
