"""The state of a visit as a token, and back: the one place where a token is sealed or opened.

`session_state` writes the state as JSON, `served.token_compression` compresses that with the words of its edition, and
`token` pads and encrypts it. Pages are given the finished token as a string.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kuule.collector.served.served_editions import ServedEdition, ServedEditions
from kuule.collector.served.token_compression import UnknownDictionary, compress, decompress
from kuule.collector.session.session_state import SessionState
from kuule.collector.session.token import (
    ContentTooLong,
    TokenError,
    TokenFailure,
    TokenKeys,
    open_token,
    read_visit_id,
    seal_token,
)

__all__ = ["ContentTooLong", "LossReason", "TokenCodec"]


class LossReason(StrEnum):
    """Why the answers of earlier pages are lost. The text that says so is `interface:lost_<value>`."""

    EXPIRED = "expired"
    ALTERED = "altered"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class TokenCodec:
    """Seals the state of a visit into a token and opens it. Nothing else holds the keys, and `repr` does not show them.

    `editions` are those that are served: a token of any other does not open.
    """

    editions: ServedEditions
    keys: TokenKeys = field(repr=False)

    @classmethod
    def from_secret(cls, secret: bytes, editions: ServedEditions) -> TokenCodec:
        """The codec of a collector with this token secret (32 bytes). Raises ValueError for another length."""
        return cls(editions, TokenKeys(secret, editions.current.edition.study.id))

    def seal(self, state: SessionState, served: ServedEdition, now: datetime) -> str:
        """The token of a visit to `served`. Raises ContentTooLong where the largest token cannot hold it."""
        content = compress(state.to_bytes(), served.compression_dictionary)
        return seal_token(content, self.keys, now, visit=state.row_id(served.edition.study.id))

    def open(self, token: str, now: datetime) -> SessionState | LossReason:
        """The state in a token, or why it is lost. Raises nothing, whatever was posted as a token."""
        try:
            content = open_token(token, self.keys, now)
            return SessionState.from_bytes(decompress(content, self.editions.compression_dictionaries))
        except TokenError as error:
            return LossReason.EXPIRED if error.reason is TokenFailure.EXPIRED else LossReason.ALTERED
        except UnknownDictionary:
            return LossReason.EDITION
        except ValueError:
            return LossReason.ALTERED

    def visit_id(self, token: str) -> int | None:
        """Whose token it is, by the row id of the response, however old the token; None where that cannot be read."""
        return read_visit_id(token, self.keys)
