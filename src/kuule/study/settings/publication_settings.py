"""[publication] in study.toml: which questions a release also shows by country and by language.

Their tables go through disclosure control with those of the report, so that pages of countries are made of them alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from kuule.core.limits import MAX_TABLES_PER_QUESTION
from kuule.study.settings.table_reader import TableReader


@dataclass(frozen=True, slots=True)
class PublicationSettings:
    """`country` is the question whose answers are countries, `by_country` the questions that are shown by it, and
    `by_language` those that are shown by the language in which people answered."""

    country: str = ""
    by_country: tuple[str, ...] = ()
    by_language: tuple[str, ...] = ()


def read_publication(table: TableReader) -> PublicationSettings:
    """The settings in the table [publication]. Problems are added to `table`."""
    settings = PublicationSettings(
        table.text("country", "", pattern=r"\S*", remedy="write the name of a question"),
        table.texts("by_country"),
        table.texts("by_language"),
    )
    if settings.by_country and not settings.country:
        table.add_problem(
            "STUDY_102", "country", "this setting is missing", 'name the question on countries: country = "residence"'
        )
    if settings.country in settings.by_country:
        table.reject_value("by_country", settings.country, "leave it out: it is what the others are shown by")
    if len(settings.by_country) > MAX_TABLES_PER_QUESTION:
        remedy = f"name {MAX_TABLES_PER_QUESTION} at most: the question on countries stands in the table of each"
        table.reject_value("by_country", len(settings.by_country), remedy)
    table.reject_unknown_keys()
    return settings


def table_from_publication(settings: PublicationSettings) -> dict[str, object]:
    """The reverse: what is to be put into the table of all settings. Nothing without such tables, so that editions from
    before there were any are the same to the byte."""
    if settings == PublicationSettings():
        return {}
    table = {
        "country": settings.country,
        "by_country": list(settings.by_country),
        "by_language": list(settings.by_language),
    }
    return {"publication": table}
