"""Buildings: what has been retrofitted; floor area by type and standard (`floor`); what it uses (`use`)."""

from __future__ import annotations

from dafeng.kernel import Array, fact, variable


@variable("万平方米", dims="place year", ref="state-urban-rural-plan-2022#二（六）")
def retrofit_area(
    public: Array = fact("buildings.retrofit_public_area"),
    residential: Array = fact("buildings.retrofit_residential_area"),
) -> Array:
    """Floor area of existing buildings retrofitted so far: public and residential buildings together."""
    return public + residential
