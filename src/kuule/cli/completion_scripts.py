"""Scripts by which a shell completes commands and options. They name all of them, so that a press of Tab starts no
Python: what is written for one version is written again after an upgrade."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CompletedWord:
    """A word that can come next, with what it does."""

    word: str
    sentence: str


CompletedWords = Mapping[str, tuple[CompletedWord, ...]]
"""By the name of a command, "" for none yet: the words that can come next, which for the last one are its options."""


def completed_words(commands: Any) -> CompletedWords:
    """What can follow each command and each group of the whole command line."""
    return dict(_below(commands, ""))


def _below(command: Any, path: str) -> Iterator[tuple[str, tuple[CompletedWord, ...]]]:
    parts = getattr(command, "commands", None)
    if parts is None:
        yield path, tuple(_options(command))
        return
    yield path, tuple(CompletedWord(name, _plain(one.get_short_help_str(60))) for name, one in parts.items())
    for name, one in parts.items():
        yield from _below(one, f"{path} {name}".strip())


def _options(command: Any) -> Iterator[CompletedWord]:
    for one in (*command.params, None):
        if one is None:
            yield CompletedWord("--json", "Print one JSON object, for programs.")
            yield CompletedWord("--help", "Show what it does, its options and examples.")
        elif one.param_type_name == "option":
            for word in (*one.opts, *one.secondary_opts):
                yield CompletedWord(word, _plain(one.help or ""))


def _plain(sentence: str) -> str:
    """A sentence without what a shell would read as a sign of its own."""
    return "".join(letter for letter in sentence if letter.isalnum() or letter in " ,.;-/()").strip()


def bash_script(words: CompletedWords) -> str:
    """For bash 4 and newer."""
    names = "|".join(f'"{path}"' for path in words if path)
    cases = "\n".join(
        f'    "{path}") known="{" ".join(one.word for one in found)}" ;;' for path, found in words.items()
    )
    return f"""\
# completion of kuule for bash; made by: kuule completion bash
_kuule() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} path="" known="" next i
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="${{path:+$path }}${{COMP_WORDS[i]}}"
    case "$next" in {names}) path=$next ;; *) break ;; esac
  done
  case "$path" in
{cases}
  esac
  COMPREPLY=()
  if [[ $known != --* || $word == -* ]]; then COMPREPLY=($(compgen -W "$known" -- "$word")); fi
}}
complete -o default -F _kuule kuule
"""


def zsh_script(words: CompletedWords) -> str:
    """For zsh, as the file _kuule in a folder of fpath."""
    names = "|".join(f"'{path}'" for path in words if path)
    cases = "\n".join(_zsh_case(path, found) for path, found in words.items())
    return f"""\
#compdef kuule
# completion of kuule for zsh; made by: kuule completion zsh
_kuule() {{
  local route="" next
  local -a known
  integer i
  for ((i = 2; i < CURRENT; i++)); do
    next="${{route:+$route }}${{words[i]}}"
    case "$next" in ({names}) route=$next ;; (*) break ;; esac
  done
  case "$route" in
{cases}
  esac
  if [[ ${{known[1]}} == --* && $PREFIX != -* ]]; then _files; else _describe 'kuule' known; fi
}}
if [[ $funcstack[1] == _kuule ]]; then _kuule "$@"; else compdef _kuule kuule; fi
"""


def _zsh_case(path: str, found: tuple[CompletedWord, ...]) -> str:
    known = " ".join(f"'{one.word}:{one.sentence}'" for one in found)
    return f"    ('{path}') known=({known}) ;;"


def fish_script(words: CompletedWords) -> str:
    """For fish, as the file kuule.fish in its folder of completions."""
    names = " ".join(f"'{path}'" for path in words if path)
    lines = "\n".join(_fish_line(path, one) for path, found in words.items() for one in found)
    return f"""\
# completion of kuule for fish; made by: kuule completion fish
function __kuule_route
    set -l route ''
    for word in (commandline -opc)[2..-1]
        set -l next (string trim "$route $word")
        contains -- $next {names}; or break
        set route $next
    end
    echo $route
end
function __kuule_at
    test (__kuule_route) = "$argv"
end
complete -c kuule -n "__kuule_at ''" -f
{lines}
"""


def _fish_line(path: str, one: CompletedWord) -> str:
    if one.word.startswith("--"):
        return f"complete -c kuule -n \"__kuule_at '{path}'\" -l {one.word[2:]} -d '{one.sentence}'"
    return f"complete -c kuule -n \"__kuule_at '{path}'\" -f -a '{one.word}' -d '{one.sentence}'"


SCRIPTS: Mapping[str, Callable[[CompletedWords], str]] = {
    "bash": bash_script,
    "zsh": zsh_script,
    "fish": fish_script,
}
"""By the name of a shell."""
