"""`python -m bench.growth`: draw the plots of docs/explanation/speed.md, and write its tables, from growth.csv."""

from __future__ import annotations

from bench.growth.page import ROOT, files


def main() -> None:
    """Write what has changed, and name it."""
    for path, text in files().items():
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
