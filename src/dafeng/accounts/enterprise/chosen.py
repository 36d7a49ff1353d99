"""Which factor each kind of row takes, asked once for each kind; a refusal leaves the rows without a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dafeng import units
from dafeng.accounts.enterprise.methods import Method, Methods, Use
from dafeng.errors import DafengError
from dafeng.factors import Factor, Factors
from dafeng.labels import Label

NAN = float("nan")


@dataclass(frozen=True)
class Choices:
    """How factors are chosen.

    `market` counts every row by one market (none, local, national); by default each unit by the one it is in.
    `regimes` takes the place of the regime of a group ({"electricity": "assessed"}). `factor_year` says of which year
    the factors are, where not of that of the account. `sets` settles a fuel on which published sets disagree.
    """

    region: str | None = None
    market: str = ""
    regimes: Mapping[str, str] = field(default_factory=dict)
    factor_year: int | None = None
    sets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The factor of one kind of row: what one of its unit is worth, the default factor and its steps, and remarks."""

    scale: float = NAN
    factor: float = NAN
    ncv: float = NAN
    content: float = NAN
    oxidised: float = NAN
    ratio: float = NAN
    id: str = ""
    refused: Label | None = None
    flags: tuple[str, ...] = ()


class Chooser:
    """Asks the factor store for one year."""

    def __init__(self, factors: Factors, methods: Methods, choices: Choices, year: int) -> None:
        self.factors, self.methods, self.choices = factors, methods, choices
        self.year = choices.factor_year or year

    def choose(self, market: str, method: Method, use: Use, what: str, unit: str, measured: bool) -> Chosen:
        """Give the factor of one kind of row; `measured` tells that its carbon was."""
        if use.unit and not use.groups:
            return Chosen(self._scale(unit, use.unit), 1.0, id="quantity")
        flags: tuple[str, ...] = ()
        subject = self.factors.library.subjects.get(what)
        group = subject.group if subject else ""
        regime = self.choices.regimes.get(group) or self.methods.regime(market, use, group)
        set_ = self.choices.sets.get(what)
        if method.penalty and use.id == "fuel" and what in method.penalty.fuels and not measured:
            what, set_, flags = method.penalty.what, method.penalty.set, ("penalty",)
        elif market in self.methods.stand_ins and regime == "enterprise":
            flags = ("stand-in",)
        if self.choices.factor_year:
            flags = (*flags, "factor-year")
        found, refused = self._steps(what, regime, set_)
        if use.id == "green_electricity" and "co2_factor" not in found:
            found, refused = self._steps("electricity", regime, None)
            flags = (*flags, "green-as-grid")
        factor = found.get("co2_factor")
        ncv = found.get("ncv")
        per = (factor or ncv).unit.partition("/")[2] if factor or ncv else use.unit  # type: ignore[union-attr]
        ratio = self.factors.library.sets[factor.set].carbon_ratio if factor else _RATIO
        return Chosen(
            scale=self._scale(unit, per or "t"),
            factor=_value(factor),
            ncv=_value(ncv),
            content=_value(found.get("carbon_content")),
            oxidised=_value(found.get("oxidation")),
            ratio=ratio,
            id=factor.id if factor else f"measured.{what}",
            refused=refused,
            flags=flags,
        )

    def _steps(self, what: str, regime: str, set_: str | None) -> tuple[dict[str, Factor], Label | None]:
        found: dict[str, Factor] = {}
        refused = None
        if what not in self.factors.library.subjects or not (regime or set_):
            return found, Label(zh=f"没有“{what}”的因子", en=f"no factor is of '{what}'")
        fuel = self.factors.library.subjects[what].group == "fuel"
        for parameter in ("co2_factor", "ncv", "carbon_content", "oxidation") if fuel else ("co2_factor",):
            try:
                asked = self.factors.asked(
                    what, parameter, regime=regime or None, year=self.year, region=self.choices.region, set=set_
                )
                found[parameter] = self.factors.pick(asked)
            except DafengError as error:
                if parameter == "co2_factor":
                    refused = Label(zh=error.text("zh"), en=str(error))
        return found, refused

    def _scale(self, unit: str, per: str) -> float:
        if units.same_dimension(unit, per):
            return units.factor(unit, per)
        volume = per == "万立方米" and units.same_dimension(unit, "m3")
        return units.factor(unit, "m3") / 1e4 if volume else NAN


def _value(factor: Factor | None) -> float:
    return NAN if factor is None or factor.value is None else factor.value


_RATIO = 44 / 12
