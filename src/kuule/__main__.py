"""`python -m kuule`, which is `kuule` where no such command is on the path."""

from kuule.cli import main

if __name__ == "__main__":
    main()
