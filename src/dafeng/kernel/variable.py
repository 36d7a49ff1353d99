"""Variables: a plain function, plus where its arguments come from, its unit, its axes and its reference.

Each argument's default says where it comes from: a variable, `param("id")` or `fact("id")`. So the signature is the
graph, a rename is a rename, and the formula can be called with bare numbers.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import numpy as np

from dafeng.errors import ModelError, UnitError
from dafeng.kernel.words import Array
from dafeng.labels import Label
from dafeng.units import parse

InputKind = Literal["fact", "parameter"]
Function = TypeVar("Function", bound=Callable[..., Array])
# A stock receives these from the kernel: last year's value, and the years since.
_STEP_ARGUMENTS = ("before", "step")

if TYPE_CHECKING:
    # A variable stands as the default of an argument that is an array; only the type checker is told so.
    _Arraylike = np.ndarray[tuple[Any, ...], np.dtype[np.float64]]
else:
    _Arraylike = object


@dataclass(frozen=True, slots=True)
class Input:
    """A fact or a parameter, by id."""

    kind: InputKind
    id: str


def param(id: str) -> Array:
    """Say that an argument is the parameter `id`: a number somebody set, that a lever may move."""
    return cast("Array", Input("parameter", id))


def fact(id: str) -> Array:
    """Say that an argument is the fact `id`: a number somebody observed."""
    return cast("Array", Input("fact", id))


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault of a declaration, kept until the model is checked so that all are reported together."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, eq=False)
class Formula:
    """One function of a variable: the plain one, one of an edition, or one that holds since a year."""

    function: Callable[..., Array]
    ref: str
    inputs: Mapping[str, Variable | Input]
    edition: str = ""
    since: int | None = None
    wrong: tuple[Wrong, ...] = ()

    def name(self, id: str) -> str:
        """Name the formula in a fault: the variable's id and what sets this formula apart."""
        apart = [f"edition {self.edition}"] if self.edition else []
        apart += [f"since {self.since}"] if self.since is not None else []
        return f"{id} ({', '.join(apart)})" if apart else id


class Variable(_Arraylike):
    """A quantity that formulas compute; made by `@variable` or `@stock`.

    `unit` is the declared one, `dims` the axes by name, `ref` the document clause the formula follows. `start` is the
    input a stock begins from, `observed` the fact that stands in observed years.
    """

    def __init__(
        self,
        function: Callable[..., Array],
        unit: str,
        dims: str,
        ref: str,
        *,
        id: str = "",
        label: Label | None = None,
        edition: str = "",
        start: Variable | Input | None = None,
        observed: Input | None = None,
        is_stock: bool = False,
    ) -> None:
        self.id = id or identity(function)
        self.unit = unit
        self.dims = tuple(dims.split())
        self.label = label
        self.start = start
        self.observed = observed
        self.is_stock = is_stock
        self.wrong: list[Wrong] = []
        self.formulas: list[Formula] = []
        self.__doc__ = function.__doc__
        self.__wrapped__ = function
        self._declare()
        self._add(function, ref, edition, None)

    def __call__(self, **inputs: Any) -> Array:
        """Run the plain formula on what is given; no model is needed.

        Raises:
            ModelError: an operation does not fit what is given, or needs axes and none are in force (`axes.frame`).
        """
        try:
            return self.formulas[0].function(**inputs)
        except ModelError as error:
            raise ModelError(f"{self.id}: {error}") from error

    def __repr__(self) -> str:
        return f"<variable {self.id} [{self.unit}] over {' '.join(self.dims) or 'nothing'}>"

    def since(self, year: int, *, ref: str, edition: str = "") -> Callable[[Function], Function]:
        """Add the formula that holds from data year `year` on: a law, a tariff, a duty that has a date.

        A method that recalculates the whole series is an `edition`, not a date.
        """

        def add(function: Function) -> Function:
            self._add(function, ref, edition or self.formulas[0].edition, year)
            return function

        return add

    def edition(self, name: str, *, ref: str) -> Callable[[Function], Function]:
        """Add the formula by which the whole series is calculated under edition `name` of a method."""

        def add(function: Function) -> Function:
            self._add(function, ref, name, None)
            return function

        return add

    def under(self, editions: tuple[str, ...]) -> tuple[Formula, ...]:
        """Give the formulas in force under the chosen editions, by the year they hold from; the undated one first."""
        names = {formula.edition for formula in self.formulas}
        chosen = next((name for name in editions if name in names), self.formulas[0].edition)
        found = [formula for formula in self.formulas if formula.edition == chosen]
        return tuple(sorted(found, key=lambda formula: -1 if formula.since is None else formula.since))

    def _declare(self) -> None:
        try:
            parse(self.unit)
        except UnitError as error:
            message, _, remedy = str(error).partition(". ")
            self.wrong.append(Wrong("unknown-unit", message, remedy))
        if len(set(self.dims)) != len(self.dims):
            self.wrong.append(
                Wrong("axis-twice", f"an axis is named twice in dims '{' '.join(self.dims)}'", "Name each axis once.")
            )
        if self.is_stock and "year" not in self.dims:
            self.wrong.append(
                Wrong("no-year", f"a stock steps through years, declared axes {list(self.dims)}", "Add year to dims.")
            )

    def _add(self, function: Callable[..., Array], ref: str, edition: str, since: int | None) -> None:
        inputs: dict[str, Variable | Input] = {}
        wrong: list[Wrong] = []
        for parameter in inspect.signature(function).parameters.values():
            if self.is_stock and parameter.name in _STEP_ARGUMENTS:
                continue
            if isinstance(parameter.default, Variable | Input):
                inputs[parameter.name] = parameter.default
            else:
                got = "no default" if parameter.default is parameter.empty else f"the default {parameter.default!r}"
                wrong.append(
                    Wrong(
                        "no-origin",
                        f"argument '{parameter.name}' has {got} and does not say where it comes from",
                        "Give it a default: a variable, param('...') or fact('...').",
                    )
                )
        if any(formula.edition == edition and formula.since == since for formula in self.formulas):
            what = f"hold since {since}" if since is not None else f"are of the edition '{edition}'"
            wrong.append(Wrong("formula-twice", f"two formulas {what}", "Keep one, or give it another edition."))
        if since is not None and "year" not in self.dims:
            wrong.append(
                Wrong("no-year", f"a formula holds since {since} and the variable has no year", "Add year to dims.")
            )
        self.formulas.append(Formula(function, ref, inputs, edition, since, tuple(wrong)))


def variable(
    unit: str,
    *,
    dims: str = "",
    ref: str,
    id: str = "",
    label: Label | None = None,
    edition: str = "",
    observed: Array | None = None,
) -> Callable[[Callable[..., Array]], Variable]:
    """Declare a variable: its unit, its axes by name, and the clause its formula follows.

    `edition` names the method edition the plain formula belongs to. `observed` is a fact that stands in the years in
    which it is present; the formula continues it, and the step between the two is in `State.seams`.
    """

    def declare(function: Callable[..., Array]) -> Variable:
        pinned = cast("Input | None", observed)
        return Variable(function, unit, dims, ref, id=id, label=label, edition=edition, observed=pinned)

    return declare


def stock(
    unit: str,
    *,
    dims: str,
    start: Array,
    ref: str,
    id: str = "",
    label: Label | None = None,
    edition: str = "",
    observed: Array | None = None,
) -> Callable[[Callable[..., Array]], Variable]:
    """Declare a stock: its function gets `before` (last year's value) and `step` (years since) besides its inputs.

    Each cell begins in the first year in which `start` is present and is absent before it.
    """

    def declare(function: Callable[..., Array]) -> Variable:
        begin, pinned = cast("Variable | Input", start), cast("Input | None", observed)
        return Variable(
            function, unit, dims, ref, id=id, label=label, edition=edition, start=begin, observed=pinned, is_stock=True
        )

    return declare


def identity(function: Callable[..., Any]) -> str:
    """Give the id a function's variable has: its domain, a dot, its name.

    The domain is the package below `domains`, or the last word of the module's name.
    """
    words = function.__module__.split(".")
    domain = words[words.index("domains") + 1] if "domains" in words[:-1] else words[-1]
    return f"{domain}.{function.__name__}"


def variables_of(*modules: ModuleType) -> tuple[Variable, ...]:
    """Give the variables that modules define, in the order of their text."""
    found: dict[int, Variable] = {}
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, Variable) and value.__wrapped__.__module__ == module.__name__:
                found[id(value)] = value
    return tuple(found.values())
