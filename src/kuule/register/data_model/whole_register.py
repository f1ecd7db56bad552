"""The whole register, as it is in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from kuule.register.data_model.codings import CodingFile
from kuule.register.data_model.country_values import CountryValues
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.standards import Standard
from kuule.register.data_model.strict_model import Country, Day, Identifier, Line, StrictModel, Text, WebAddress


class Topic(StrictModel):
    """A heading under which provisions stand together."""

    id: Identifier
    title: Line


class OtherIndex(StrictModel):
    """Somebody else's comparison of countries: what it covers, for readers who look for another view."""

    title: Line
    covers: Text
    address: WebAddress


class RegisterSettings(StrictModel):
    """`register.yaml`. `countries` are shown in this order of codes; `as_of` is the day up to which law was looked for.

    `review_months` says by confidence after how many months somebody looks again; `largest_divergence` is the share of
    units on which two blind coders may differ before a provision counts as unsettled.
    """

    id: Identifier
    title: Line
    summary: Text
    publisher: Line
    licence: Line
    address: WebAddress | None = None
    as_of: Day
    age_of_majority: Annotated[int, Field(ge=16, le=21)] = 18
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    also_seen: tuple[Country, ...] = ()
    """Countries outside the comparison of which some values are kept."""
    map_provision: Identifier | None = None
    """What the map on the front page shows; without it, the time limit of which most is known."""
    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]
    languages: tuple[Line, ...] = ("en",)
    review_months: dict[str, Annotated[int, Field(ge=1, le=60)]]
    largest_divergence: Annotated[float, Field(gt=0, lt=1)] = 0.05
    other_indices: tuple[OtherIndex, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """Everything in a register's folder, each part read and found to be well formed."""

    settings: RegisterSettings
    provisions: Mapping[str, Provision]
    standards: Mapping[str, Standard]
    values: Mapping[tuple[str, str], CountryValues]
    """By country and provision."""
    codings: Sequence[CodingFile] = ()
    actions: Mapping[str, PlannedAction] = field(default_factory=dict)

    def of_country(self, country: str) -> Mapping[str, CountryValues]:
        """By provision."""
        return {provision: one for (code, provision), one in self.values.items() if code == country}

    def of_provision(self, provision: str) -> Mapping[str, CountryValues]:
        """By country."""
        return {code: one for (code, asked), one in self.values.items() if asked == provision}
