"""`dafeng serve`: the pages and the API."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dafeng.cli import context


def serve(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on; 127.0.0.1 by default.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 8000 by default.")] = None,
    workers: Annotated[int | None, typer.Option(help="Server processes; 1 by default.")] = None,
    log_format: Annotated[
        str | None,
        typer.Option("--log-format", metavar="console|json", help="Shape of the log lines; console by default."),
    ] = None,
) -> None:
    """Serve the pages and the API."""
    from dafeng import settings
    from dafeng.cli import serving

    asked = context.of(ctx)
    chosen = settings.load(city=asked.city_name, host=host, port=port, workers=workers, log_format=log_format)

    def ready(address: str) -> None:
        out = asked.output
        sys.stdout.write(
            out.say("Serving {city} at {address} (Ctrl-C stops)", city=chosen.city, address=address) + "\n"
        )
        sys.stdout.flush()

    serving.serve(chosen, ready)
