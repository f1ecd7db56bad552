"""Blind codings: what one coder made of the law in one round, without seeing what another coder made of it."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import Field, model_validator

from kuule.limitation.limit_rule import OffencePart
from kuule.register.data_model.answers import Answer
from kuule.register.data_model.country_values import LegalStatus
from kuule.register.data_model.strict_model import Country, Day, Identifier, Line, StrictModel, Text, WebAddress


class BlindCoding(StrictModel):
    """One unit coded by one coder. `answer` is absent where the coder found that it cannot be told."""

    country: Country
    provision: Identifier
    offences: OffencePart = OffencePart.ALL
    status: LegalStatus = LegalStatus.IN_FORCE
    answer: Answer | None = None
    article: Line | None = None
    address: WebAddress
    coded_on: Day
    notes: Text | None = None

    @property
    def unit(self) -> tuple[str, str, str]:
        """What is coded: country, provision, part of the offences."""
        return self.country, self.provision, self.offences


class CodingFile(StrictModel):
    """All that one coder coded in one round: `codings/<round>/<coder>.yaml`."""

    round: Identifier
    coder: Identifier
    codings: Annotated[tuple[BlindCoding, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def __each_once(self) -> CodingFile:
        units = Counter(one.unit for one in self.codings)
        if twice := next((one for one, count in units.items() if count > 1), None):
            raise ValueError(f"{' '.join(twice)} is coded twice")
        return self
