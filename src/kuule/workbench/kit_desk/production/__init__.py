"""Making kits for the workbench: the only part of it that knows the package kit. It runs in a process of its own, which
has the study's folder and nothing that anybody answered."""
