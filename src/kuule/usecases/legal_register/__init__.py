"""Use cases of who keeps a register of law: checking it, looking at it, exporting it, making its pages."""
