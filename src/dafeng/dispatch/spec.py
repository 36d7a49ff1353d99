"""The spec of a power system: what a YAML file may say. `dafeng.dispatch.check` checks it first."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dafeng.dispatch.figure import Figure
from dafeng.labels import Label

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
Share = float | str
"""A constant between 0 and 1, or the name of a profile."""


class Entry(BaseModel):
    """What every part of a spec has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Label | None = None
    """Name for readers; the id stands in."""
    source: str = ""
    """Source of the figures that name none."""
    note: str = ""
    """What a reader has to know."""


class Source(Entry):
    """Where figures come from; an assumption says so."""

    title: str
    """Title."""
    kind: Literal["document", "dataset", "assumption", "synthetic"] = "document"
    """What it is."""
    url: str = ""
    """Address."""
    locator: str = ""
    """Where in it."""


class Carrier(Entry):
    """A fuel: price and emission by energy."""

    price: Figure | None = None
    """Money by energy, such as 25 CNY/GJ."""
    emission: Figure | None = None
    """CO2 by energy, such as 0.0946 tCO2/GJ."""


class Profile(Entry):
    """8,760 hourly numbers: a column of a CSV file, a shape of the synthetic reference year, or given by the caller."""

    file: str = ""
    """CSV file beside the spec."""
    column: str = ""
    """Its column; the profile's name by default."""
    reference: str = ""
    """Shape of the synthetic reference year."""
    full_load_hours: float | None = Field(default=None, gt=0, le=8760)
    """Yearly sum the shape is brought to (availability)."""
    load_factor: float | None = Field(default=None, gt=0, le=1)
    """Mean over peak the shape is brought to (load)."""
    shift: int = 0
    """Hours by which the series is moved later."""


class Investment(Entry):
    """What can be built: capacity in power, its cost and its limits."""

    existing: Figure | None = None
    """Capacity that stands, by year: what retires by age is out of it."""
    units: str = ""
    """CSV file of single plants beside the spec, instead of `existing`."""
    build: bool = False
    """Whether more may be built."""
    build_from: int | None = None
    """First year in which what is built may stand; any by default."""
    vintages: bool = True
    """Built in every period; false: in the first one alone."""
    retire: bool = False
    """Whether existing capacity may be retired early, saving its fixed cost."""
    retire_from: int | None = None
    """First year in which it may have been retired early; any by default."""
    capital: Figure | None = None
    """Money by power, by year of building."""
    fixed: Figure | None = None
    """Yearly cost: a share of capital (%/year) or money by power and year."""
    lifetime: Figure | None = None
    """Years; 25 where none are stated."""
    minimum: Figure | None = None
    """Least capacity, existing and built together."""
    maximum: Figure | None = None
    """Most capacity, existing and built together."""
    unit_size: Figure | None = None
    """Built in whole units of this size (back end highs)."""
    firm: float | None = Field(default=None, ge=0, le=1)
    """Share of capacity that counts at the peak."""


class Technology(Investment):
    """A generator."""

    node: Name
    """Where it feeds in."""
    carrier: str = ""
    """Fuel it burns; empty for none."""
    efficiency: Figure | None = None
    """Electricity by fuel."""
    heat_rate: Figure | None = None
    """Fuel by electricity, such as 300 gce/kWh; instead of efficiency."""
    variable: Figure | None = None
    """Money by energy, besides the fuel."""
    emission: Figure | None = None
    """CO2 by electricity; that of the fuel by default."""
    availability: Share = 1.0
    """Share of capacity at hand."""
    min_output: Share = 0.0
    """Share of available capacity that runs at least (combined heat, stable load)."""
    ramp: float | None = Field(default=None, gt=0)
    """Share of capacity by which output changes in an hour at most."""
    renewable: float = Field(default=0.0, ge=0, le=1)
    """Share of its output that counts as renewable; true for all of it."""
    retrofit_of: str = ""
    """Technology whose existing capacity it rebuilds: the two share it."""


class Storage(Investment):
    """A store of electricity; energy capacity is `hours` of power, or bought apart with `energy_capital`."""

    node: Name
    """Where it stands."""
    hours: float | None = Field(default=None, gt=0)
    """Energy by power."""
    energy_capital: Figure | None = None
    """Money by energy capacity."""
    energy_maximum: Figure | None = None
    """Most energy capacity."""
    efficiency_in: float = Field(default=1.0, gt=0, le=1)
    """Energy stored by energy taken."""
    efficiency_out: float = Field(default=1.0, gt=0, le=1)
    """Energy given by energy taken from the store."""
    loss: float = Field(default=0.0, ge=0, lt=1)
    """Share of the content lost in an hour."""
    variable: Figure | None = None
    """Money by energy given."""


class Line(Investment):
    """A channel from one node to another."""

    origin: Name
    """Sending node."""
    target: Name
    """Receiving node."""
    efficiency: float = Field(default=1.0, gt=0, le=1)
    """Energy received by energy sent."""
    variable: Figure | None = None
    """Money by energy sent."""
    both_ways: bool = False
    """Whether it carries power back as well."""
    renewable_floor: float | None = Field(default=None, ge=0, le=1)
    """Least renewable share of what the sending node generates."""
    energy_minimum: Figure | None = None
    """Least energy sent a year (contract)."""
    energy_maximum: Figure | None = None
    """Most energy sent a year."""


class Demand(Entry):
    """A load: yearly energy spread by a profile."""

    node: Name
    """Where it is."""
    energy: Figure | None = None
    """Yearly energy; without it the profile is taken as power."""
    profile: str
    """Profile; scaled to the energy."""
    unit: str = "MW"
    """Unit of the profile where no energy is given."""
    lost_load: Figure
    """Money by energy not served."""


class Flexible(Entry):
    """Demand that can be moved: ordered charging, buildings."""

    node: Name
    """Where it is."""
    energy: Figure
    """Yearly energy of the load that may be moved."""
    profile: str
    """Its shape when nobody moves it."""
    part_of_demand: bool = True
    """Whether the demand already holds it; false: it is added."""
    share: float = Field(default=1.0, gt=0, le=1)
    """Share of the load that may be moved away in an hour."""
    above: Figure | None = None
    """Power above the load that it may be moved to; its own peak by default."""
    window: int = Field(default=24, ge=2)
    """Hours within which all energy is delivered; the clock starts at `start`."""
    start: int = Field(default=0, ge=0, lt=24)
    """Hour of the day at which a window starts."""
    reach: float = Field(default=12.0, gt=0)
    """Hours of mean load that may be outstanding or ahead."""
    cost: Figure | None = None
    """Money by energy moved."""


class Response(Investment):
    """Demand response: load that is given up against money, for some hours a year, and partly comes back."""

    node: Name
    """Where it is."""
    cost: Figure
    """Money by energy given up."""
    minimum_share: Figure | None = None
    """Least capability, a share of the peak of the node's demand."""
    maximum_share: Figure | None = None
    """Most capability, a share of the peak of the node's demand."""
    hours: float | None = Field(default=None, gt=0)
    """Full hours a year."""
    rebound: float = Field(default=0.0, ge=0, le=1.5)
    """Share of the energy that comes back within the window."""
    window: int = Field(default=24, ge=2)
    """Hours within which it comes back."""


class Reserve(Entry):
    """Output that could be added at once in every hour: what stands and does not run."""

    node: Name
    """Where the load is."""
    units: tuple[Name, ...] = Field(min_length=1)
    """Technologies, storages and lines that hold it; those whose availability is a constant."""
    load_share: float = Field(default=0.0, ge=0, le=1)
    """Reserve by load of the hour."""
    variable_share: float = Field(default=0.0, ge=0, le=1)
    """Reserve by output of the generators whose availability is a profile."""
    price: Figure
    """Money by energy of reserve missed."""


Kind = Literal["co2", "carrier", "renewable", "energy", "capacity", "margin", "response", "curtailment", "gas_storage"]


class Budget(Entry):
    """A yearly rule. Every one has a priced slack, so that the model solves and says what is missed."""

    kind: Kind
    """co2 | carrier (fuel burnt) | renewable (share of demand) | energy (of technologies) | capacity | margin |
    response (share of peak) | curtailment | gas_storage (days of mean fuel use held)."""
    at_most: Figure | None = None
    """Upper limit, by year."""
    at_least: Figure | None = None
    """Lower limit, by year."""
    technologies: tuple[str, ...] = ()
    """Technologies, storages or lines it is about; all that fit by default."""
    carrier: str = ""
    """Fuel it is about."""
    periods: tuple[int, ...] = ()
    """Periods it holds in; all by default."""
    since: int | None = None
    """First year it holds in."""
    until: int | None = None
    """Last year it holds in."""
    together: bool = False
    """One limit for the years of all periods together (a cumulative CO2 budget)."""
    held: Figure | None = None
    """Fuel in store (gas_storage)."""
    slack_price: Figure | None = None
    """Money by unit missed; a usual one by kind."""

    def holds(self, year: int) -> bool:
        """Tell whether it holds in a year."""
        return (
            (not self.periods or year in self.periods)
            and (self.since is None or year >= self.since)
            and (self.until is None or year <= self.until)
        )


class Spec(Entry):
    """A power system."""

    id: Name
    """Name."""
    title: Label
    """Title."""
    currency: Literal["CNY", "EUR", "USD"] = "CNY"
    """Money of all answers."""
    price_year: int
    """Prices of all answers."""
    exchange: dict[str, Figure] = {}
    """Currency to money of answers, such as EUR: 7.85 CNY/EUR."""
    price_index: dict[int, float] = {}
    """Level of prices by year, where prices are to be moved between years."""
    discount_rate: Figure
    """A year."""
    capital_rate: Figure | None = None
    """Interest on capital, a year; the discount rate by default."""
    periods: tuple[int, ...] = Field(min_length=1)
    """Years that are modelled."""
    since: int | None = None
    """First year its figures speak of; an earlier period is a fault."""
    years: int = Field(default=5, ge=1)
    """Years that the last period stands for; others last until the next."""
    co2_price: Figure | None = None
    """Money by CO2, besides any budget."""
    sources: dict[Name, Source] = {}
    """Where figures come from."""
    nodes: tuple[Name, ...] = Field(min_length=1)
    """Nodes; the first is the city."""
    carriers: dict[Name, Carrier] = {}
    """Fuels."""
    profiles: dict[Name, Profile] = {}
    """Hourly series."""
    demands: dict[Name, Demand] = Field(min_length=1)
    """Loads."""
    technologies: dict[Name, Technology] = {}
    """Generators."""
    storages: dict[Name, Storage] = {}
    """Stores."""
    lines: dict[Name, Line] = {}
    """Channels."""
    flexible: dict[Name, Flexible] = {}
    """Loads that can be moved."""
    responses: dict[Name, Response] = {}
    """Loads that can be given up."""
    reserves: dict[Name, Reserve] = {}
    """Reserves held in every hour."""
    budgets: dict[Name, Budget] = {}
    """Yearly rules."""

    def investments(self) -> dict[str, Investment]:
        """Give everything that has a capacity, by name."""
        return {**self.technologies, **self.storages, **self.lines, **self.responses}
