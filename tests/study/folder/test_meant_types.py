"""Which types there are is the converter's to say; those that Kuule has itself are known without loading it."""

import subprocess
import sys

import pytest

from kuule.forms.types.type_registry import QUESTION_TYPES
from kuule.study.folder.meant_types import is_known_type, known_types, meant_type
from kuule.study.folder.written_types import UNASKED_TYPES

_LOADED = """
import sys
from kuule.study.folder.meant_types import is_known_type, meant_type
usual = [meant_type(one, ()) for one in ("select_one yn", "text", "", "begin_group", "end repeat", "calculate")]
before = "pyxform" in sys.modules
is_known_type("barcode")
print(usual, before, "pyxform" in sys.modules)
"""


def test_what_kuule_knows_by_itself_is_a_type_of_the_converter():
    ours = {
        *(name for one in QUESTION_TYPES for name in one.xlsform_types),
        *UNASKED_TYPES,
        "begin group",
        "end repeat",
    }
    assert known_types() >= ours
    assert all(is_known_type(one) for one in known_types())
    assert is_known_type("text")
    assert is_known_type("barcode")
    assert not is_known_type("txt")
    assert meant_type("txt", ()) == "text"


@pytest.mark.slow
def test_a_questionnaire_of_usual_types_needs_no_converter():
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    usual = ["select_one yn", "text", "", "begin_group", "end repeat", "calculate"]
    assert done.stdout.strip() == f"{usual} False True"
