"""`python -m kuule.cli`, for a process that starts another `kuule` with the same interpreter."""

from kuule.cli import main

if __name__ == "__main__":
    main()
