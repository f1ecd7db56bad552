"""One order: the kit is planned from the study's folder, set and measured, and looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kuule.core.problems import KuuleError, Problem
from kuule.kit.contact_sheet import contact_data
from kuule.kit.kit_building import PIECES, KitPlan, build_contact_sheet, build_kit
from kuule.kit.kit_looks import contact_sheet_looks, piece_looks, shown_on_screen
from kuule.kit.kit_manifest import changed_files
from kuule.kit.kit_planning import KitOptions, KitSource, plan_kits, read_kit_source
from kuule.kit.kit_problems import KitError
from kuule.kit.piece import Face, PieceKind
from kuule.kit.piece_data import help_sentence, picture_alternative
from kuule.kit.safety_page import safety_data
from kuule.workbench.kit_desk.kit_orders import KIT_FOLDER, LOOKS_FOLDER, SHOWN_FILE, EarlierKit, KitOrder
from kuule.workbench.kit_desk.shown_kit import ShownKit, ShownPiece, ShownText

_MENDED_BY_REVIEW = frozenset({"KIT_004", "KIT_015"})
"""What a draft may lack: reviewed texts, a checked helpline."""
CONTACT_SHEET_FILE = "contact-sheet.pdf"


@dataclass(frozen=True, slots=True)
class CheckedKit:
    """What a kit would be now. `problems` keep it from being made; `changed` has a kit's folder with the files that are
    otherwise than they would be now."""

    draft: bool
    problems: tuple[Problem, ...]
    changed: Mapping[Path, tuple[str, ...]]


def make_kit_files(order: KitOrder) -> Mapping[str, bytes]:
    """The files of the kit, pictures of them, and what the page says. Raises StudyError and KitError."""
    plan, why = _plan(order, read_kit_source(order.study))
    with TemporaryDirectory() as place:
        files = {f"{KIT_FOLDER}/{path.name}": path.read_bytes() for path in build_kit(plan, Path(place) / "kit")}
        sheet = build_contact_sheet(plan, Path(place) / "sheets")
        files[f"{KIT_FOLDER}/{CONTACT_SHEET_FILE}"] = sheet.read_bytes()
    sheets = contact_sheet_looks(plan)
    files |= {f"{LOOKS_FOLDER}/{item}.png": picture for item, picture in piece_looks(plan).items()}
    files |= {f"{LOOKS_FOLDER}/contact-{place}.png": picture for place, picture in enumerate(sheets, 1)}
    return {**files, SHOWN_FILE: _shown(plan, why, len(sheets)).to_json()}


def check_kits(order: KitOrder, languages: Iterable[str], earlier: Iterable[EarlierKit]) -> Mapping[str, CheckedKit]:
    """What the partner's kit in each language would be now, and whether those that were made before still are that."""
    before = tuple(earlier)
    try:
        source = read_kit_source(order.study)
    except KuuleError as error:
        return {tag: CheckedKit(draft=False, problems=error.problems, changed={}) for tag in languages}
    return {
        tag: _checked(replace(order, language=tag), source, [one.folder for one in before if one.language == tag])
        for tag in languages
    }


def _checked(order: KitOrder, source: KitSource, folders: Iterable[Path]) -> CheckedKit:
    try:
        plan, _ = _plan(order, source)
    except KuuleError as error:
        return CheckedKit(draft=False, problems=error.problems, changed={})
    changed = {}
    for folder in folders:
        try:
            changed[folder] = changed_files(plan.items, folder)
        except KitError:
            continue  # a folder without a manifest is no kit
    return CheckedKit(plan.content.draft, (), changed)


def _plan(order: KitOrder, source: KitSource) -> tuple[KitPlan, tuple[Problem, ...]]:
    """The plan, and what makes it a draft: a draft is made only where a reviewed kit cannot be."""
    options = KitOptions((order.partner,), (order.language,), switched_off=order.switched_off)
    try:
        return plan_kits(source, options, today=order.today)[0], ()
    except KitError as error:
        if not order.drafts or not {one.code for one in error.problems} <= _MENDED_BY_REVIEW:
            raise
        why = error.problems
    options = KitOptions(options.partners, options.languages, drafts=True, switched_off=order.switched_off)
    return plan_kits(source, options, today=order.today)[0], why


def _shown(plan: KitPlan, why: tuple[Problem, ...], contact_pages: int) -> ShownKit:
    content, safety = plan.content, safety_data(plan.content)
    pictures = (piece for piece in PIECES if piece.kind is PieceKind.PICTURE)
    sections: list[Mapping[str, list[str]]] = safety["sections"]  # type: ignore[assignment]  # as `safety_data` says
    texts: list[Mapping[str, str]] = contact_data(content, plan.drawn, plan.fits)["texts"]  # type: ignore[assignment]
    return ShownKit(
        language=content.tag,
        draft=content.draft,
        why=why,
        address=content.address,
        help=help_sentence(content, Face.OPEN),
        pieces=tuple(
            ShownPiece(piece.item, str(piece.kind), str(piece.face), picture_alternative(piece, content))
            for piece in (*shown_on_screen(plan), *pictures)
        ),
        messages={one.item: one.text for one in plan.messages},
        safety_title=str(safety["title"]),
        safety_faces=str(safety["faces"]),
        safety={str(one["title"]): tuple(one["items"]) for one in sections},
        safety_trace=str(safety["trace"]),
        texts=tuple(ShownText(**one) for one in texts),
        contact_pages=contact_pages,
    )
