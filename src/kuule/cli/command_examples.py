"""Examples of every command, which its help shows last."""

EXAMPLES: dict[str, tuple[str, ...]] = {}
