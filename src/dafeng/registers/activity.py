"""Activity: how much of what was used, made or sold, where, in which months, and what was measured about it."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, fields

from dafeng.registers.enterprise import month_text


@dataclass(frozen=True, slots=True)
class Measured:
    """Values measured for one row; None where the default holds. They override the default and need evidence.

    `ncv` is in GJ per unit of fuel, `carbon_content` in tC/TJ, `carbon_share` in tC and `factor` in tCO2 per unit;
    the unit of fuel is t or 万立方米, that of power MWh, that of heat GJ.
    """

    ncv: float | None = None
    carbon_content: float | None = None
    oxidation: float | None = None
    carbon_share: float | None = None
    factor: float | None = None

    @property
    def any(self) -> bool:
        """Whether anything was measured."""
        return any(value is not None for value in astuple(self))


MEASURED: tuple[str, ...] = tuple(field.name for field in fields(Measured))


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of activity.

    A row of an enterprise names enterprise and facility, one of a place names a sector. `use` says what kind of
    activity it is (fuel, electricity, ...), `what` the fuel or material. `first` and `last` are months counted from
    year 0. `evidence` is the document behind measured values.
    """

    place: str
    use: str
    what: str
    first: int
    last: int
    quantity: float
    unit: str
    source: str
    status: str
    enterprise: str = ""
    facility: str = ""
    process: str = ""
    sector: str = ""
    measured: Measured = Measured()
    evidence: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two rows speak of the same activity, but for their months."""
        return (self.place, self.enterprise, self.facility, self.process, self.sector, self.use, self.what)

    @property
    def period(self) -> str:
        """The months, as people write them: "2024", "2024-03" or "2024-01/2024-06"."""
        if self.last - self.first == 11 and self.first % 12 == 0:
            return f"{self.first // 12:04d}"
        start, end = month_text(self.first), month_text(self.last)
        return start if start == end else f"{start}/{end}"

    def digest(self, city: str) -> bytes:
        """Hash the content, so that the same row is known however often it comes."""
        text = "\x1f".join((city, *self.key, *(repr(value) for value in self._rest())))
        return hashlib.blake2b(text.encode(), digest_size=16).digest()

    def _rest(self) -> tuple[object, ...]:
        m = self.measured
        measured = (m.ncv, m.carbon_content, m.oxidation, m.carbon_share, m.factor)
        return (
            self.first,
            self.last,
            self.quantity,
            self.unit,
            *measured,
            self.evidence,
            self.source,
            self.status,
            self.note,
        )
