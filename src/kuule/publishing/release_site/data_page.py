"""The page of data: every table as files, with the description that catalogues of datasets look for (schema.org)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from kuule.core.files import json_bytes
from kuule.publishing.downloads.labelled_tables import LabelledTable
from kuule.publishing.downloads.release_workbook import WORKBOOK_FILE
from kuule.publishing.release_site.figure_files import json_stat_address
from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView
from kuule.publishing.release_site.site_plan import SITE_DATA_FOLDER

DATASET_FILE = "dataset.jsonld"
REPORT_STEM = "report"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file as a link: its address, its media type, and the name of its format."""

    address: str
    media: str
    format: str


@dataclass(frozen=True, slots=True)
class TableFiles:
    """A table and its files."""

    labelled: LabelledTable
    files: tuple[DataFile, ...]


def data_page(site: ReleaseLanguage) -> SitePageView:
    """The page `data`."""
    content = {
        "tables": table_files(site),
        "workbook": f"{SITE_DATA_FOLDER}/{WORKBOOK_FILE}",
        "dataset_file": f"{SITE_DATA_FOLDER}/{DATASET_FILE}",
        "description": dataset_description(site),
        "keywords": site.wording.title,
        "base": site_base(site),
    }
    return SitePageView("data", "data.html", site.say.say_plain("page_data"), content)


def table_files(site: ReleaseLanguage) -> tuple[TableFiles, ...]:
    """Every table with its files."""
    return tuple(TableFiles(one, _files(site, one.name)) for one in site.labelled)


def _files(site: ReleaseLanguage, name: str) -> tuple[DataFile, ...]:
    stem = f"{SITE_DATA_FOLDER}/{name}"
    return (
        DataFile(f"{stem}.csv", "text/csv", "CSV"),
        DataFile(f"{stem}.csv-metadata.json", "application/csvm+json", "CSVW"),
        DataFile(json_stat_address(site, name), "application/json", "JSON-stat"),
    )


def site_base(site: ReleaseLanguage) -> str:
    """The address of the folder of the pages of a language with its slash, or "" if the release does not know it."""
    base = site.release.description.address.rstrip("/")
    return f"{base}/{site.folders.folder(site.tag)}" if base else ""


def dataset_description(site: ReleaseLanguage) -> str:
    """What the dataset is, in one text: catalogues want 50 characters at least."""
    return " ".join((site.notes.title + ".", *site.view.basis, site.words.say("chosen")))


def dataset_json(site: ReleaseLanguage) -> bytes:
    """The same description as a file of linked data."""
    notes, base = site.notes, site_base(site)
    content = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": site.view.title,
        "description": dataset_description(site),
        "inLanguage": site.tag,
        "version": notes.version,
        "datePublished": notes.day.isoformat(),
        "license": notes.licence_address or notes.licence,
        "creditText": notes.citation,
        "identifier": f"sha256:{site.content}",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": notes.publisher},
        **({"url": f"{base}data.html"} if base else {}),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": one.labelled.title,
                "encodingFormat": file.media,
                "contentUrl": urljoin(base, file.address),
            }
            for one in table_files(site)
            for file in one.files
        ],
    }
    return json_bytes(content)
