"""One translator in one browser with script off, in a process of its own: every text that waits, one after the other.

    python -m tests.workbench.translation_desk.one_browser CHROMIUM ADDRESS COOKIES WORD TEXTS

Writes `<word> <number>` into the field and presses the first button, for so many texts; where somebody was quicker, or
a check says something, the page comes again and the button is pressed once more. Prints what was typed, one line a
text: the key, a tab, the text.
"""

from __future__ import annotations

import json
import sys
from urllib.parse import parse_qs, urlsplit

from tests.journeys.chromium import Chromium

_SAVE = "button.button[name=go]"
_MOST_TRIES = 6


def main(binary: str, address: str, cookies: str, word: str, texts: str) -> None:
    with Chromium(binary) as window:
        page = window.page
        page.context.add_cookies([{"name": name, "value": text, "url": address} for name, text in json.loads(cookies)])
        window.open(f"{address}/translate/sv?show=mine")
        page.locator(".desk-rows .kind a").first.click()
        page.locator("#wording").wait_for()
        done = 0
        while done < int(texts) and page.locator("#wording").count():
            key = parse_qs(urlsplit(page.url).query)["key"][0]
            text = f"{word} {done}"
            for _ in range(_MOST_TRIES):
                window.write("#wording", text)
                window.follow(_SAVE)
                if parse_qs(urlsplit(page.url).query).get("key") != [key]:
                    break
            print(f"{key}\t{text}", flush=True)
            done += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
