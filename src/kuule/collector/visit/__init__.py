"""The conversation with one person, pure of HTTP: the token, an answer, coming back by a code, leaving."""
