"""What holds for every test: the same random draws each run, and no connection that leaves the machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dafeng.assess import Assessment, assess
from dafeng.city import City, load

TOY = Path(__file__).parent / "cities" / "toy"
#: The days on which the shipped city and the toy are assessed: evidence of neither is newer.
SHANGHAI_DAY = date(2026, 11, 25)
TOY_DAY = date(2025, 6, 1)

settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse connections to anything but this machine."""
    connect = socket.socket.connect

    def guarded(sock: socket.socket, address: object) -> None:
        if sock.family in {socket.AF_INET, socket.AF_INET6} and isinstance(address, tuple):
            host = str(address[0])
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise PermissionError(f"a test tried to connect to {host}; tests use this machine only")
        connect(sock, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def shanghai() -> City:
    """The shipped city, as its files stand."""
    return load("shanghai")


@pytest.fixture(scope="session")
def toy() -> City:
    """The fictitious city of two districts, three sectors and four years."""
    return load(TOY)


@pytest.fixture(scope="session")
def shanghai_assessment(shanghai: City) -> Assessment:
    """The shipped city's plan on a fixed day."""
    return assess(shanghai, SHANGHAI_DAY)


@pytest.fixture(scope="session")
def toy_assessment(toy: City) -> Assessment:
    """The toy city's plan on a fixed day."""
    return assess(toy, TOY_DAY)
