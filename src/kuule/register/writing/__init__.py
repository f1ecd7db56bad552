"""The files of a register as Kuule writes them: one way to write each thing, so that a change shows as itself."""
