"""Units: enterprises, their facilities and the processes in them."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dafeng.labels import Label

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,119}$")]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Market = Literal["local", "national"]
Status = Literal["actual", "synthetic"]
_MONTH = re.compile(r"(\d{4})-(\d{2})")


class Unit(BaseModel):
    """What every unit has. `status` is "synthetic" for one that was made up for demonstration."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    label: Label
    status: Status = "actual"


class Membership(BaseModel):
    """Months, both counted, in which a unit is in a carbon market; `until` is empty while it stays there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    market: Market
    since: Month
    until: Month | Literal[""] = ""

    @property
    def months(self) -> tuple[int, int]:
        """First and last month, counted from year 0."""
        return month(self.since), month(self.until) if self.until else _NEVER

    @model_validator(mode="after")
    def _in_order(self) -> Membership:
        if self.until and self.until < self.since:
            raise ValueError(f"the membership ends ({self.until}) before it starts ({self.since})")
        return self


class Enterprise(Unit):
    """A unit that reports: where it lies, its sector, who answers for its figures, the markets it was in, in order.

    Memberships do not overlap, so that in every month one market at most counts the unit.
    """

    place: str
    sector: str = ""
    owner: str = ""
    markets: tuple[Membership, ...] = ()

    @model_validator(mode="after")
    def _one_market_at_a_time(self) -> Enterprise:
        for earlier, later in zip(self.markets, self.markets[1:], strict=False):
            if later.months[0] <= earlier.months[1]:
                until = earlier.until or "now"
                raise ValueError(
                    f"two markets count the unit at once: {earlier.market} {earlier.since} to {until}, "
                    f"{later.market} from {later.since}"
                )
        return self

    def market(self, month: int) -> Market | None:
        """Name the market that counts the unit in a month; None outside any."""
        for one in self.markets:
            first, last = one.months
            if first <= month <= last:
                return one.market
        return None


class Facility(Unit):
    """One facility of one enterprise, and the method it is accounted by.

    `pue` (data centres) is total power over IT power, `area` (buildings) is in m2; both need `evidence`, a document.
    """

    enterprise: Id
    method: str
    place: str = ""
    route: Literal["", "blast_furnace", "electric_arc"] = ""
    pue: float | None = Field(default=None, ge=1, le=5)
    area: float | None = Field(default=None, gt=0)
    evidence: str = ""

    @model_validator(mode="after")
    def _measured_needs_evidence(self) -> Facility:
        if (self.pue is not None or self.area is not None) and not self.evidence:
            raise ValueError("a PUE or a floor area is given without evidence")
        return self


class Process(Unit):
    """One process in one facility."""

    facility: Id


_NEVER = 12 * 10_000


def month(text: str) -> int:
    """Count the month "2024-03" from year 0.

    Raises:
        ValueError: the text is no month.
    """
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        raise ValueError(f"'{text}' is not a month; write 2024-03")
    return int(found[1]) * 12 + int(found[2]) - 1


def month_text(count: int) -> str:
    """Write a month counted from year 0 as "2024-03"."""
    return f"{count // 12:04d}-{count % 12 + 1:02d}"
