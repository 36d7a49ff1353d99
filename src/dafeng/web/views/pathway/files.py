"""The simulator's files: a workbook, a long table, a table in the format of the IAMC, a drawing."""

from __future__ import annotations

from starlette.responses import Response

from dafeng.report.pathway import iamc_rows, long_rows, workbook
from dafeng.web.csv_file import csv_response
from dafeng.web.page import Page
from dafeng.web.views.pathway import figures
from dafeng.web.views.pathway.asked import read
from dafeng.web.workbook_file import workbook_response


def csv(page: Page) -> Response:
    """Give every sector, boundary and target of the scenario as a long table."""
    asked = read(page)
    return csv_response("pathway.csv", *long_rows(asked.pathway, asked.projection, page.language))


def iamc(page: Page) -> Response:
    """Give CO2 and electricity in the wide table of the IAMC."""
    asked = read(page)
    return csv_response("pathway-iamc.csv", *iamc_rows(asked.pathway, asked.projection), mark=False)


def xlsx(page: Page) -> Response:
    """Give the scenario as a workbook."""
    asked = read(page)
    body = workbook(asked.pathway, asked.projection, asked.beside, page.language, page.snapshot.today)
    return workbook_response("pathway.xlsx", body)


def svg(page: Page) -> Response:
    """Give the chart of the simulator as a drawing of its own."""
    return Response(figures.file(read(page)), media_type="image/svg+xml")
