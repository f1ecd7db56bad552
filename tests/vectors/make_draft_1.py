"""How `draft-1.json` was made: `python tests/vectors/make_draft_1.py`. It never writes over a vector.

One draft under the lock of one code, and the row id that the same digits would give as a withdrawal code.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from kuule.collector.session.draft_sealing import derive_draft_key, seal_draft
from kuule.sealing.return_codes import ReturnCode, check_digit, legacy_row_id

DIGITS = "0123456789012345678"
STUDY = "our-voice"
CONTENT = '{"v":2,"answers":{"/data/wish":"كفى"}}'


def main() -> None:
    target = Path(__file__).with_name("draft-1.json")
    if target.exists():
        sys.exit(f"{target.name} is there, and a released vector is not edited")
    code = ReturnCode(DIGITS + check_digit(DIGITS))
    lock = derive_draft_key(STUDY, code)
    content = {
        "study": STUDY,
        "code": code.digits,
        "draft_id": lock.draft_id,
        "content": CONTENT,
        "draft": base64.b64encode(seal_draft(CONTENT.encode(), lock)).decode("ascii"),
        "row_id": legacy_row_id(STUDY, code),
    }
    target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
