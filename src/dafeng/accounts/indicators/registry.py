"""Which indicators there are: the facts that give their published figures, and what computes the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dafeng.accounts.indicators import compute, final_energy
from dafeng.accounts.indicators.compute import Computed, Desk
from dafeng.labels import Label

LOWER, HIGHER = "lower", "higher"


@dataclass(frozen=True)
class Indicator:
    """One indicator: its unit, which direction is better, the facts that publish it, and its computation in words.

    `of_boundary` tells that it is read against the total of a boundary.
    """

    id: str
    label: Label
    unit: str
    better: str
    published: tuple[str, ...]
    method: Label
    compute: Callable[[Desk], Computed] | None = None
    of_boundary: bool = False


def _label(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


_ONLY = _label("只列公布数", "published figures only")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "energy-consumption",
        _label("能源消费总量", "energy consumption"),
        "万吨标准煤",
        LOWER,
        ("energy.consumption", "energy.primary_consumption"),
        _ONLY,
    ),
    Indicator(
        "energy-intensity",
        _label("单位生产总值能耗", "energy per GDP"),
        "吨标准煤/万元",
        LOWER,
        ("energy.intensity",),
        _label("能源消费总量 ÷ 不变价地区生产总值", "energy consumption ÷ GDP at constant prices"),
        compute.energy_intensity,
    ),
    Indicator(
        "energy-intensity-change",
        _label("单位生产总值能耗变化（比上年）", "change of energy per GDP on the year before"),
        "%",
        LOWER,
        ("energy.intensity_change",),
        _label("本年单位生产总值能耗 ÷ 上年 − 1", "energy per GDP ÷ that of the year before − 1"),
        compute.energy_intensity_change,
    ),
    Indicator(
        "energy-intensity-five-years",
        _label("五年规划期单位生产总值能耗累计变化", "change of energy per GDP over a five-year plan"),
        "%",
        LOWER,
        ("energy.intensity_change_cumulative",),
        _label("公布的逐年变化连乘 − 1", "published yearly changes compounded − 1"),
        compute.energy_intensity_plans,
    ),
    Indicator(
        "co2-intensity",
        _label("单位生产总值二氧化碳排放", "CO2 per GDP"),
        "tCO2/万元",
        LOWER,
        (),
        _label("口径内二氧化碳 ÷ 不变价地区生产总值", "CO2 of the boundary ÷ GDP at constant prices"),
        compute.co2_intensity,
        of_boundary=True,
    ),
    Indicator(
        "co2-intensity-change",
        _label("单位生产总值二氧化碳排放变化（比上年）", "change of CO2 per GDP on the year before"),
        "%",
        LOWER,
        ("energy.co2_intensity_change",),
        _label("本年单位生产总值排放 ÷ 上年 − 1", "CO2 per GDP ÷ that of the year before − 1"),
        compute.co2_intensity_change,
        of_boundary=True,
    ),
    Indicator(
        "co2-intensity-since-2005",
        _label("单位生产总值二氧化碳排放比 2005 年变化", "change of CO2 per GDP on 2005"),
        "%",
        LOWER,
        ("energy.co2_intensity_change_cumulative",),
        _label("本年单位生产总值排放 ÷ 2005 年 − 1", "CO2 per GDP ÷ that of 2005 − 1"),
        compute.co2_intensity_since_base,
        of_boundary=True,
    ),
    Indicator(
        "coal-share",
        _label("煤炭占一次能源消费比重", "coal share of primary energy"),
        "%",
        LOWER,
        ("energy.coal_share",),
        _ONLY,
    ),
    Indicator(
        "non-fossil-share",
        _label("非化石能源占能源消费比重", "non-fossil share of energy consumption"),
        "%",
        HIGHER,
        ("energy.non_fossil_share",),
        _ONLY,
    ),
    Indicator(
        "renewable-power-share",
        _label("可再生能源占全社会用电量比重", "renewable share of power use"),
        "%",
        HIGHER,
        ("power.renewable_share_of_use",),
        _label("可再生能源电力消费量 ÷ 全社会用电量", "renewable electricity used ÷ use of electricity"),
        compute.renewable_share,
    ),
    Indicator(
        "renewable-obligation",
        _label("可再生能源电力消纳责任权重", "renewable consumption obligation"),
        "%",
        HIGHER,
        ("power.renewable_consumption_weight", "power.renewable_consumption_weight_non_hydro"),
        _ONLY,
    ),
    Indicator(
        "electrification",
        _label("终端用能电气化率", "electrification of final energy"),
        "%",
        HIGHER,
        (),
        _label(
            "终端用电量 ÷ 终端能源消费量，均按热值（电热当量）",
            "electricity in final use ÷ final energy, both by calorific value",
        ),
        final_energy.electrification,
    ),
    Indicator(
        "energy-per-person",
        _label("人均能源消费量", "energy per person"),
        "吨标准煤/人",
        LOWER,
        (),
        _label("能源消费总量 ÷ 年末常住人口", "energy consumption ÷ residents at year end"),
        compute.energy_per_person,
    ),
    Indicator(
        "power-per-person",
        _label("人均用电量", "electricity per person"),
        "千瓦时/人",
        "",
        (),
        _label("全社会用电量 ÷ 年末常住人口", "use of electricity ÷ residents at year end"),
        compute.power_per_person,
    ),
    Indicator(
        "power-per-gdp",
        _label("单位生产总值电耗", "electricity per GDP"),
        "千瓦时/万元",
        LOWER,
        (),
        _label("全社会用电量 ÷ 不变价地区生产总值", "use of electricity ÷ GDP at constant prices"),
        compute.power_per_gdp,
    ),
    Indicator(
        "co2-per-person",
        _label("人均二氧化碳排放", "CO2 per person"),
        "tCO2/人",
        LOWER,
        (),
        _label("口径内二氧化碳 ÷ 年末常住人口", "CO2 of the boundary ÷ residents at year end"),
        compute.co2_per_person,
        of_boundary=True,
    ),
    Indicator(
        "gdp-per-person",
        _label("人均地区生产总值（不变价）", "GDP per person, constant prices"),
        "元/人",
        HIGHER,
        (),
        _label("不变价地区生产总值 ÷ 年末常住人口", "GDP at constant prices ÷ residents at year end"),
        compute.gdp_per_person,
    ),
)
