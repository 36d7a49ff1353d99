"""What all records share: frozen, read from the results by attribute, and no number that JSON cannot carry."""

from __future__ import annotations

import math
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict

#: More digits than any source gives; it takes away what binary arithmetic adds (0.1 + 0.2).
DIGITS = 12


def number(value: Any) -> Any:
    """Round a float to `DIGITS` significant digits; NaN and the infinities, which JSON lacks, become None."""
    if not isinstance(value, float):
        return value
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None


Number = Annotated[float | None, BeforeValidator(number)]


class Record(BaseModel):
    """Base of every record: `Record.of(result)` reads the fields it declares from a result's attributes."""

    model_config = ConfigDict(frozen=True, from_attributes=True, extra="ignore")

    @classmethod
    def of(cls, result: object) -> Self:
        """Make the record from a result that carries attributes of the same names."""
        return cls.model_validate(result)

    def as_json(self) -> dict[str, Any]:
        """Give plain JSON data, keys in the declared order."""
        return self.model_dump(mode="json")
