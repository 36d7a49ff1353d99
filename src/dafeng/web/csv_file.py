"""Tables as answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from starlette.responses import Response

from dafeng.report.table import csv_text


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, mark: bool = True) -> Response:
    """Answer with a table as a CSV file under a name, with the byte order mark unless it is for programs."""
    return Response(
        csv_text(head, rows, mark=mark),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
