from __future__ import annotations

import pytest
from tests.kernel.toy import balance, road
from tests.kernel.toy.numbers import YEARS, toy_data

from dafeng.kernel import Datum, Model, State


@pytest.fixture
def data() -> dict[str, Datum]:
    return toy_data()


@pytest.fixture(scope="session")
def model() -> Model:
    return Model(balance.city, road.growth, road.part, road.toll)


@pytest.fixture(scope="session")
def state(model: Model) -> State:
    return model.run(toy_data(), YEARS)
