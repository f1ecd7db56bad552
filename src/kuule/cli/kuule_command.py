"""A command as Typer makes it, with the option that all have, `--json`, and with examples at the end of its help."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text
from typer.core import TyperCommand, TyperOption

from kuule.cli.json_record import OPTION, running_record

if TYPE_CHECKING:
    from collections.abc import Sequence


class KuuleCommand(TyperCommand):
    """One command. Its examples are read only when its help is shown."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its arguments and options, then those that every command has."""
        return [*self.params, _json_option(), *super().get_params(ctx)[len(self.params) :]]

    def invoke(self, ctx: Any) -> Any:
        """Run it. What it says as JSON has its whole name, with that of its group."""
        if (record := running_record()) is not None:
            record.command = _path(ctx)
        return super().invoke(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show its help, and its examples below."""
        super().format_help(ctx, formatter)
        examples = _examples(_path(ctx))
        if examples:
            lines = Text("\n".join(("Examples", *(f"  {line}" for line in examples), "")))
            lines.stylize("bold", 0, len("Examples"))
            Console(highlight=False, soft_wrap=True).print(lines)


def _path(ctx: Any) -> str:
    return str(ctx.command_path).partition(" ")[2]


def _examples(command: str) -> Sequence[str]:
    from kuule.cli.command_examples import EXAMPLES  # only help shows them

    return EXAMPLES.get(command, ())


@cache
def _json_option() -> TyperOption:
    only = typer.Typer(add_completion=False)
    only.command()(_options)
    [option] = typer.main.get_command(only).params
    if not isinstance(option, TyperOption):
        raise TypeError("--json is an option")
    option.expose_value = False
    return option


def _options(_json: Annotated[bool, typer.Option(OPTION, help="Print one JSON object, for programs.")] = False) -> None:
    """The option that every command has."""
