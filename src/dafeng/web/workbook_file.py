"""Workbooks as answers."""

from __future__ import annotations

from starlette.responses import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(name: str, body: bytes) -> Response:
    """Answer with a workbook under a name."""
    return Response(body, media_type=XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})
