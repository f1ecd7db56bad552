"""The whole register as JSON: every part as the files have it, and for each cell what is known on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from kuule.register.comparison.cells import RegisterCell, cells
from kuule.register.comparison.points import cell_points
from kuule.register.comparison.standards_met import standard_results
from kuule.register.data_model.whole_register import Register
from kuule.register.format_numbers import REGISTER_JSON_VERSION

FORMAT = "kuule-register"


def register_json(register: Register, today: date) -> dict[str, Any]:
    """All of a register. What was not said is null."""
    return {
        "format": FORMAT,
        "version": REGISTER_JSON_VERSION,
        "on": today.isoformat(),
        "register": register.settings.model_dump(mode="json"),
        "provisions": [one.model_dump(mode="json") for one in register.provisions.values()],
        "standards": [one.model_dump(mode="json") for one in register.standards.values()],
        "countries": [one.model_dump(mode="json") for _, one in sorted(register.values.items())],
        "codings": [one.model_dump(mode="json") for one in register.codings],
        "actions": [one.model_dump(mode="json") for one in register.actions.values()],
        "cells": [_cell(register, one) for one in cells(register, today).values()],
    }


def _cell(register: Register, cell: RegisterCell) -> dict[str, Any]:
    points = cell_points(register, cell)
    return {
        "country": cell.country,
        "provision": cell.provision.id,
        "state": cell.state.value,
        "standing": [value.id for value in cell.standing],
        "contradictions": [{"values": [one.one.id, one.other.id], "about": one.about} for one in cell.contradictions],
        "is_law": cell.is_law,
        "is_confirmed": cell.is_confirmed,
        "is_due": cell.is_due,
        "double_coding": cell.double_coding.value,
        "standards": [
            {"standard": one.held.standard, "demands": one.held.demands, "outcome": one.outcome.value, "why": one.why}
            for one in standard_results(register, cell)
        ],
        "points": None if points is None else {"known": points.known, "calculation": points.calculation},
    }
