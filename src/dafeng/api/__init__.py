"""The REST API: everything the pages show, as JSON, under /api/v1."""

from __future__ import annotations

from dafeng.api.app import PREFIX, build

__all__ = ["PREFIX", "build"]
