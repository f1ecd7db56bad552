"""What is fed with any bytes, and what has to hold whatever they are. A target raises where it does not hold.

`SEEDS` are inputs from which a fuzzer can go on: real tokens, envelopes and forms.
"""

from __future__ import annotations

import atexit
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from kuule.collector.session.token import TokenError, open_token, seal_token
from kuule.collector.session.token import TokenKeys as Keys
from kuule.forms.navigation.visit import Visit, VisitError
from kuule.opening.decryption import OpenError, open_envelope
from kuule.register.data_model.codings import CodingFile
from kuule.register.data_model.country_values import CountryValues
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.standards import Standard
from kuule.register.data_model.whole_register import RegisterSettings
from kuule.register.reading.model_reading import read_model
from kuule.register.reading.yaml_documents import RegisterError, read_yaml
from kuule.register.writing.part_files import part_bytes
from kuule.sealing.envelope import SealedResponse, seal
from kuule.sealing.return_codes import CodeError, read_code
from tests.collector.http.test_hostile_input import STATUSES
from tests.collector.site_for_tests import NOON, TestSite, start
from tests.register.made_registers import made_file, made_limit, made_source, made_value
from tests.study.small_study import make_edition, rehearsal_key

Target = Callable[[bytes], None]
KEYS = Keys(bytes(range(32)))
STUDY, EDITION, ROW, SIZE = "small-study", "ab" * 32, 77, 2048
CONTENT = b'{"v":1}'
TOKEN = seal_token(CONTENT, KEYS, NOON)
RECORD = b'{"answers":{}}'
SEALED = seal(
    RECORD, key=rehearsal_key().public, study_id=STUDY, edition_id=EDITION, row_id=ROW, size=SIZE
)  # the one envelope that opens
REGISTER_FILE = part_bytes(
    made_file(
        made_value("v1", made_limit("fixed-years", clock="majority", years=["20"]), notes="one\n\ntwo: three"),
        made_value("v2", source=made_source("press", "https://example.org/news"), confidence="D"),
        decisions=[{"on": "2026-11-21", "by": "a", "keeps": ["v1"], "rejects": ["v2"], "why": "the statute says"}],
    ),
    ("# a comment",),
)


def token(data: bytes) -> None:
    """A token is the one that we made, or does not open, and nothing else happens."""
    text = data.decode("latin-1")
    try:
        opened = open_token(text, KEYS, NOON)
    except TokenError:
        return
    assert (text, opened) == (TOKEN, CONTENT), "a token opened that nobody sealed"


def visit(data: bytes) -> None:
    """What stood in a token is read with suspicion."""
    try:
        read = json.loads(data)
        again = Visit.from_data(read)
    except (ValueError, RecursionError, VisitError):
        return
    assert Visit.from_data(again.to_data()) == again


def envelope(data: bytes) -> None:
    """An envelope is the one that we sealed, or stays closed with a reason."""
    row = SealedResponse(ROW, SEALED.key_id, data)
    try:
        opened = open_envelope(row, rehearsal_key(), study_id=STUDY, edition_id=EDITION)
    except OpenError:
        return
    assert (data, opened) == (SEALED.envelope, RECORD), "an envelope opened that nobody sealed"


def code(data: bytes) -> None:
    """A code is twenty digits with a check digit, or a slip that has its words."""
    try:
        read = read_code(data.decode("utf-8", "replace"))
    except CodeError:
        return
    assert read_code(read.digits) == read


def register(data: bytes) -> None:
    """A file of a register is read and can be written again, or is refused in words."""
    for model in (CountryValues, CodingFile, PlannedAction, Provision, Standard, RegisterSettings):
        try:
            part = read_model(read_yaml(data, "file.yaml"), model)
        except RegisterError:
            continue
        assert read_model(read_yaml(part_bytes(part), "file.yaml"), model) == part


def form(data: bytes) -> None:
    """Whatever is posted: a page in words, and nothing is kept that nobody sent. A fault of ours comes through here."""
    site = _site()
    shown = site.browser.post_bytes("/en", data)
    assert shown.status in STATUSES, shown.status
    assert shown.heading


def code_form(data: bytes) -> None:
    """The pages that ask for a code."""
    shown = _site().browser.post_bytes("/en/withdraw", data)
    assert shown.status in STATUSES, shown.status


@cache
def _site() -> TestSite:
    """One for all inputs; its folder goes with the process."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_edition(folder)
    site = start(folder / "edition", folder)
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    logging.disable()
    return site


def forget_site() -> None:
    """Put back what other tests of this process expect."""
    if _site.cache_info().currsize:
        shutil.rmtree(_site().folder)
        _site.cache_clear()
        settings.DEBUG_PROPAGATE_EXCEPTIONS = False
        logging.disable(logging.NOTSET)


TARGETS: Mapping[str, Target] = {
    "token": token,
    "visit": visit,
    "envelope": envelope,
    "code": code,
    "register": register,
    "form": form,
    "code_form": code_form,
}


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Inputs of a target that are nearly right."""
    if name == "form":
        browser = _site().pass_gates()
        fields = [*browser.fields(), ("go", "next")]
        return (urlencode(fields).encode(), b"go=next", b"page=.&go=send", b"token=&page=00000000.~review&go=send")
    return {
        "token": (TOKEN.encode(), TOKEN[:-4].encode(), b"A" * len(TOKEN)),
        "visit": (b'{"p":"/data/a","s":7}', b'{"p":"","s":1,"a":{"/data/a":"1"},"n":["/data/a"],"c":{"/data/r":2}}'),
        "envelope": (SEALED.envelope, SEALED.envelope[:100]),
        "code": (b"1234 5678 9012 3456 7890", "٠١٢٣ ٤٥٦٧ ٨٩٠١ ٢٣٤٥ ٦٧٨٩".encode()),
        "register": (REGISTER_FILE, REGISTER_FILE.replace(b"\n", b"\r\n"), b"id: a\ncountries: [FI]\n"),
        "code_form": (b"code=1234+5678+9012+3456+7890&go=next", b"code=%D9%A0"),
    }[name]
