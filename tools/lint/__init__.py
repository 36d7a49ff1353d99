"""Lint of formulas: what ruff and mypy cannot know about the modules of `dafeng.domains`."""
