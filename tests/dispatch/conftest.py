"""Series every dispatch test shares."""

from __future__ import annotations

import numpy as np
import pytest
from tests.dispatch import specs


@pytest.fixture(scope="session")
def series() -> dict[str, np.ndarray]:
    return specs.series()
