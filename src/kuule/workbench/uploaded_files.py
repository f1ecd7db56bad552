"""Files that members send: one a form, at the few addresses that take one, in memory and never on the disk.

A questionnaire is small, and a key is tiny; what is larger is refused before it is taken apart.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

UPLOAD_PATHS = ("/study/questionnaire", "/study/key")
"""The addresses whose forms may carry a file."""
LARGEST_UPLOADING_FORM = 4 * 1024 * 1024
"""Bytes of a form with a file. The questionnaires that ship have less than 100,000."""


class UploadInMemory(FileUploadHandler):
    """Keeps the file of a member's form in memory. At every other address a file is refused; of somebody who is not
    signed in it is dropped, and the page says that they are not."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.chunks: list[bytes] = []

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 -- Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > LARGEST_UPLOADING_FORM:
            raise RequestDataTooBig("a form with a file is larger than any questionnaire")

    def new_file(self, *args: Any, **more: Any) -> None:
        super().new_file(*args, **more)
        if self.request is None or self.request.path not in UPLOAD_PATHS:
            raise TooManyFilesSent("no file belongs here")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if hasattr(self.request, "member"):
            self.chunks.append(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if not hasattr(self.request, "member"):
            return None
        return SimpleUploadedFile(self.file_name or "", b"".join(self.chunks))


def uploaded_file(request: HttpRequest, name: str) -> tuple[str, bytes] | None:
    """The name and the content of the file that a form brought in the field `name`; None if it brought none."""
    found = request.FILES.get(name)
    return None if not isinstance(found, UploadedFile) else (found.name or "", found.read())
