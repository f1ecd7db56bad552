"""Style sheets and scripts of the workbench from its `static` folders, at addresses that change with their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import allauth
from django.http import Http404, HttpRequest, HttpResponse

_HERE = Path(__file__).parent
_ALLAUTH = Path(allauth.__file__).parent
_FOLDERS = (
    _HERE / "static",
    _HERE / "translation_desk" / "static",
    _HERE / "register_desk" / "static",
    _HERE / "release_desk" / "static",
    _HERE / "kit_desk" / "static",
    _HERE / "study_desk" / "static",
    _ALLAUTH / "mfa" / "static" / "mfa" / "js",
    _ALLAUTH / "account" / "static" / "account" / "js",
)
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Asset:
    """A file with its content type and its address."""

    address: str
    content: bytes
    kind: str


@lru_cache(maxsize=1)
def load_assets() -> dict[str, Asset]:
    """All assets by file name, read once per process. If two folders have the same name, the first one wins."""
    found: dict[str, Asset] = {}
    for folder in _FOLDERS:
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.suffix in _KINDS and path.name not in found:
                content = path.read_bytes()
                digest = hashlib.sha256(content).hexdigest()[:12]
                address = f"/asset/{path.stem}-{digest}{path.suffix}"
                found[path.name] = Asset(address, content, _KINDS[path.suffix])
    return found


def asset_address(name: str) -> str:
    """The address of an asset, for templates."""
    return load_assets()[name].address


def serve_asset(request: HttpRequest) -> HttpResponse:
    """The asset at this address."""
    for one in load_assets().values():
        if one.address == request.path:
            kept = {"Cache-Control": f"private, max-age={_KEPT_SECONDS}"}
            return HttpResponse(one.content, content_type=one.kind, headers=kept)
    raise Http404
