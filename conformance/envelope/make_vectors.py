"""How the folder `vectors` was made, from the frozen ones: `python conformance/envelope/make_vectors.py`.

It never writes over a vector. Nothing of Kuule's code is used: what is added to the frozen ones is cut from them, or a
text of a key that was altered by hand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "vectors"
FROZEN = Path(__file__).resolve().parents[2] / "tests" / "vectors"


def frozen() -> tuple[dict[str, Any], dict[str, Any]]:
    """What Kuule sealed, and what another library sealed."""
    return tuple(json.loads((FROZEN / name).read_text("utf-8")) for name in ("envelope-1.json", "envelope-1-npm.json"))


def keys(secret: str) -> dict[str, str]:
    """The key in every spelling that section 5 lets be read, and in those that it refuses."""
    head, code, note = secret.splitlines()
    return {
        "secret": secret,
        "secret-in-short-lines": "\n".join([head, code[:20], "", "# a remark", f"  {code[20:]}\t", note]) + "\n",
        "secret-with-windows-lines": secret.replace("\n", "\r\n"),
        "mistyped": secret.replace(code, "nJ" + code[2:]),
        "cut": f"{head}\n{code[:-8]}\n",
        "other-first-line": secret.replace("rehearsal", "real answers"),
        "later-version": secret.replace("version 1", "version 2"),
    }


def cut_cases(vector: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Envelopes that are hardly any, and a row that no envelope can be of: cut from a good one."""
    whole = bytes.fromhex(vector["envelope"])
    for name, envelope, reason in (
        ("three letters of the mark", whole[:3], "cut_short"),
        ("the mark alone", whole[:5], "cut_short"),
        ("the mark and another version", whole[:5] + b"\x02", "other_version"),
        ("a mark with one wrong letter", b"KUULF" + whole[5:], "not_an_envelope"),
        ("three letters of something else", b"KUX", "not_an_envelope"),
        ("the clear part alone", whole[:52], "cut_short"),
        ("cut within the suite", whole[:9], "cut_short"),
    ):
        yield {**vector, "name": name, "envelope": envelope.hex(), "reason": reason}
    yield {**vector, "name": "a row id that is too large", "row_id": str(2**63), "reason": "not_authentic"}
    yield {**vector, "name": "an edition id of capitals", "edition": vector["edition"].upper()}


def case_of(vector: dict[str, Any], number: int) -> dict[str, Any]:
    """One case of the index; the envelope and the record stand in files of their own."""
    slug = f"{number:02}-{'-'.join(vector['name'].lower().replace('@', '').replace('/', ' ').split())}"
    (FOLDER / f"{slug}.envelope").write_bytes(bytes.fromhex(vector["envelope"]))
    case = {
        "name": vector["name"], "key": vector.get("key", "secret"), "study": vector["study"],
        "edition": vector["edition"], "row": vector["row_id"], "row-key": vector["key_id"],
        "envelope": f"{slug}.envelope",
    }  # fmt: skip
    if "reason" in vector:
        return {**case, "refused": vector["reason"]}
    (FOLDER / f"{slug}.record").write_bytes(bytes.fromhex(vector["record"]))
    return {**case, "record": f"{slug}.record"}


def main() -> None:
    """Write everything into the folder, which must not be there."""
    if FOLDER.exists():
        sys.exit(f"{FOLDER} is there, and a released vector is not edited")
    FOLDER.mkdir()
    own, other = frozen()
    texts = keys(own["secret_text"])
    for name, text in texts.items():
        (FOLDER / f"{name}.key").write_bytes(text.encode())
    good = own["vectors"][0]
    vectors = [*own["vectors"], *other["vectors"], *cut_cases({k: v for k, v in good.items() if k != "record"})]
    vectors[-1]["record"] = good["record"]
    for name in ("secret-in-short-lines", "secret-with-windows-lines"):
        vectors.append({**good, "name": f"with the key as {name}", "key": name})
    unread = {k: v for k, v in good.items() if k != "record"}
    for name in ("mistyped", "cut", "other-first-line", "later-version"):
        vectors.append({**unread, "name": f"with a key that is {name}", "key": name, "reason": "unreadable_key"})
    index = {"format": "kuule-envelope-cases", "version": 1, "cases": [case_of(v, n) for n, v in enumerate(vectors, 1)]}
    (FOLDER / "cases.json").write_text(json.dumps(index, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
