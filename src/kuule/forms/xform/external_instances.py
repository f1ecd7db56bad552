"""Embeds the files that a questionnaire reads (choices and look-up tables in CSV, documents in XML) in its XForm.

The XForm is then complete: an edition carries one file, and nothing is read while somebody answers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from itertools import islice

from lxml import etree

from kuule.core.problems import Problem
from kuule.forms.xform.xml_elements import XFORMS_NAMESPACE

_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_SOURCE = re.compile(r"jr://(?:file|file-csv|images)/(?P<name>[^/\\]+\.(?:csv|xml))")
MAX_FILE_BYTES = 5_000_000
"""The most bytes of one file."""
MAX_ROWS = 20_000
MAX_CELLS = 400_000
"""The most cells of one table, or elements of one document."""


class _FileError(Exception):
    """What is wrong with a file. The caller makes a Problem of it."""


def embed_files(xform: str, find: Callable[[str], bytes | None], place: str) -> tuple[str, tuple[Problem, ...]]:
    """The XForm with every file that it names embedded. `find` gives the bytes of a file by its name, or None.

    Problems: FORM_040 (the file is not there), FORM_041 (it cannot be read), FORM_042 (it is not a file).
    """
    if "jr://" not in xform:
        return xform, ()
    root = etree.fromstring(xform.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    problems: list[Problem] = []
    changed = False
    for instance in root.iter(f"{{{XFORMS_NAMESPACE}}}instance"):
        source = instance.get("src")
        if not source:
            continue
        try:
            instance.append(_content(source, find))
        except _FileError as error:
            problems.append(_problem(source, place, str(error)))
            continue
        del instance.attrib["src"]
        changed = True
    return etree.tostring(root, encoding="unicode") if changed else xform, tuple(problems)


def _problem(source: str, place: str, cause: str) -> Problem:
    match = _SOURCE.fullmatch(source)
    if match is None:
        remedy = "ask it in the form, or put the table into a .csv file beside it"
        return Problem("FORM_042", place, f"it reads {source}, which Kuule does not have", remedy)
    if not cause:
        return Problem(
            "FORM_040", place, f"it reads {match['name']}, which is not there", "put the file beside the form"
        )
    return Problem("FORM_041", f"{place}, {match['name']}", cause, "mend the file and save it as UTF-8")


def _content(source: str, find: Callable[[str], bytes | None]) -> etree._Element:
    match = _SOURCE.fullmatch(source)
    content = None if match is None else find(match["name"])
    if match is None or content is None:
        raise _FileError
    if len(content) > MAX_FILE_BYTES:
        raise _FileError(f"it has more than {MAX_FILE_BYTES} bytes")
    return _of_csv(content) if match["name"].endswith(".csv") else _of_xml(content)


def _of_csv(content: bytes) -> etree._Element:
    try:
        read = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        rows = list(islice(read, MAX_ROWS + 1))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _FileError(f"it is no CSV in UTF-8: {error}") from error
    if len(rows) > MAX_ROWS:
        raise _FileError(f"it has more than {MAX_ROWS} rows")
    if len(rows) * len(read.fieldnames or ()) > MAX_CELLS:
        raise _FileError(f"it has more than {MAX_CELLS} cells")
    root = etree.Element(f"{{{XFORMS_NAMESPACE}}}root")
    for number, row in enumerate(rows, 2):
        root.append(_item(row, number))
    return root


def _item(row: Mapping[str | None, str | list[str] | None], number: int) -> etree._Element:
    item = etree.Element(f"{{{XFORMS_NAMESPACE}}}item")
    for column, cell in row.items():
        if column is None or cell is None or isinstance(cell, list):
            raise _FileError(f"row {number} has another number of cells than the first row")
        if ";" in column and len(row) == 1:
            raise _FileError("its cells are parted by semicolons, and commas part them here")
        if not _NAME.fullmatch(column.strip()):
            raise _FileError(f"{column!r} cannot be the name of a column: letters, digits, '_', '-' and '.' can")
        try:
            etree.SubElement(item, f"{{{XFORMS_NAMESPACE}}}{column.strip()}").text = cell.strip()
        except ValueError as error:  # a control character, which XML does not have
            raise _FileError(f"row {number} has a character that no text has") from error
    return item


def _of_xml(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _FileError(f"it is not well-formed XML: {error.msg}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _FileError("it has a document type, and entities are never expanded")
    if sum(1 for _ in islice(root.iter(), MAX_CELLS + 1)) > MAX_CELLS:
        raise _FileError(f"it has more than {MAX_CELLS} elements")
    return deepcopy(root)
