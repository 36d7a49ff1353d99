"""The server: one socket, opened first so that a taken port is told at once, and the application on it."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from dafeng.cli import logs
from dafeng.errors import Refused

if TYPE_CHECKING:
    from dafeng.settings import Settings

APPLICATION = "dafeng.cli.serving:application"


def application() -> logs.RequestLog:
    """Build the application of one server process from the settings in the environment."""
    from dafeng.settings import load
    from dafeng.web.app import create_app

    settings = load()
    logs.configure(settings.log_format, settings.log_level)
    return logs.RequestLog(create_app(settings))


def listen(host: str, port: int) -> socket.socket:
    """Open the socket the server listens on.

    Raises:
        Refused: the port is taken, may not be used, or the host is not an address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sets TCP_NODELAY; without it each answer waits for the client's delayed ACK.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(2048)
    except OSError as error:
        opened.close()
        raise Refused(_refusal(host, port, error)) from None
    opened.set_inheritable(True)
    return opened


def _refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is taken. Stop the program that uses it, or choose another port with --port."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {port} may not be used by this user. Choose one above 1023 with --port."
    return f"cannot listen on {host}: {error.strerror}. Choose an address of this machine with --host."


def address(host: str, port: int) -> str:
    """Write the address a browser opens."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not listened on
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is told the address once the city is loaded and the port is open.

    Raises:
        Refused: the port cannot be used.
        FaultsFound: the city pack has faults.
    """
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from dafeng.city import load

    opened = listen(settings.host, settings.port)
    try:
        for name, value in settings.model_dump(mode="json").items():
            if name in settings.model_fields_set:
                os.environ[f"DAFENG_{name.upper()}"] = ",".join(value) if isinstance(value, list) else str(value)
        load(settings.city, settings.database)
        app = application()
        one = settings.workers == 1
        config = uvicorn.Config(
            app if one else APPLICATION,
            factory=not one,
            workers=settings.workers,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=False,
        )
        ready(address(settings.host, opened.getsockname()[1]))
        if one:
            uvicorn.Server(config).run(sockets=[opened])
        else:
            Multiprocess(config, sockets=[opened]).run()
    except KeyboardInterrupt:
        return
    finally:
        opened.close()
