"""The past run through the model, beside naive forecasts."""

from __future__ import annotations

import pytest

from dafeng.errors import Refused
from dafeng.pathway import Pathway
from dafeng.pathway.hindcast import hindcast, of_starts


def test_known_drivers_give_the_formula_and_no_step(pathway: Pathway) -> None:
    found = hindcast(pathway, 2022)
    assert [each.id for each in found.sectors] == ["steel"]
    assert found.lacking == ("power", "imports")
    steel = found.sectors[0]
    assert steel.start == pytest.approx(208e4)
    # Iron 94 x 2.2 = 206.8 against the account's 208.
    assert steel.level == pytest.approx(-1.2e4)
    assert steel.forecasts["known"] == pytest.approx({2023: (90 * 2.2 + 1.2) * 1e4, 2024: (86 * 2.2 + 1.2) * 1e4})
    # Nothing known: crude steel stays 108; iron by formula 108 x 0.95 x 0.9, where 94 was observed.
    grown = (108 * 0.95 * 0.9 - 94) * 2.2
    assert steel.forecasts["unknown"][2024] == pytest.approx((208 + grown) * 1e4)
    assert steel.forecasts["last"] == {2023: 208e4, 2024: 208e4}
    assert steel.forecasts["line"] == {}
    errors = [abs(90 * 2.2 + 1.2 - 200), abs(86 * 2.2 + 1.2 - 190)]
    assert steel.error["known"] == pytest.approx(sum(errors) / (200 + 190))
    assert steel.best == "known"
    assert found.total.error["known"] == steel.error["known"]


def test_nothing_after_the_start_is_seen(pathway: Pathway) -> None:
    one, two = of_starts(pathway)
    assert (one.start, two.start) == (2022, 2023)
    assert two.sectors[0].forecasts["unknown"][2024] == pytest.approx((200 + (105 * 0.95 * 0.9 - 90) * 2.2) * 1e4)


def test_a_start_without_accounts_is_refused(pathway: Pathway) -> None:
    with pytest.raises(Refused, match=r"no sector has an account of 2019; there are years from 2021 to 2024"):
        hindcast(pathway, 2019)
    with pytest.raises(Refused, match=r"2024 is not before 2024"):
        hindcast(pathway, 2024)
