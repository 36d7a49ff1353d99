"""The Chinese of the commands about the power system."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Solve the power system hour by hour at least cost: capacities, energy, prices, CO2, and which targets hold.": (
        "按小时以最低成本求解电力系统：装机、电量、电价、二氧化碳，以及哪些方案目标成立。"
    ),
    "Years that are modelled together, such as 2025,2030,2035; those of the spec by default.": (
        "一并求解的年份，例如 2025,2030,2035；默认为模型文件所列年份。"
    ),
    "Take demand and capacities from a scenario of the pathway; 'dafeng scenarios' lists them.": (
        "需求和装机取自路径情景；“dafeng scenarios”列出全部情景。"
    ),
    "Solve this spec instead of the city's.": "求解该模型文件，而不是城市的模型。",
    "Back end.": "求解器。",
    "Hours in a step; 2 and 3 are previews.": "每步小时数；2 和 3 为预览。",
    "Write NAME.json and its packed hours, as a city pack brings them in power/.": (
        "写出 NAME.json 及其压缩的逐时数据，供数据包 power/ 使用。"
    ),
    "Write the hours to this CSV file.": "把逐小时结果写入该 CSV 文件。",
    "Keep the answer in this folder by its content, and find it there the next time.": (
        "按内容把结果存入该文件夹，下次直接取用。"
    ),
    "Cut CO2 by these parts, such as 0.1,0.2, and tell what the last tonne costs.": (
        "按给定比例削减二氧化碳（如 0.1,0.2），给出最后一吨的成本。"
    ),
    "Take in a year of hourly values for a profile of the power system, in place of the synthetic ones.": (
        "导入电力系统某条曲线的 8,760 个小时值，代替合成数据。"
    ),
    "CSV file with a heading and 8,760 rows.": "带表头、8,760 行的 CSV 文件。",
    "Profile of the power system it stands for.": "所代替的曲线。",
    "Column; the last one by default.": "列名；默认为最后一列。",
    "Take the imported series of the profile back.": "撤回该曲线已导入的数据。",
}
OUTPUT: dict[str, str] = {
    "earlier data": "较早数据",
    "{title}: {years}": "{title}：{years} 年",
    "certified: violation {violation:.0e}, gap {gap:.0e}, by {backend}": (
        "已验证：违反量 {violation:.0e}，最优间隙 {gap:.0e}，求解器 {backend}"
    ),
    "preview in steps of {step:g} hours, not the answer of all 8,760": (
        "按 {step:g} 小时步长的预览，不是 8,760 小时的结果"
    ),
    "synthetic hourly series: {names}": "合成的逐小时曲线：{names}",
    "capacity, MW": "装机，兆瓦",
    "energy, GWh": "电量，吉瓦时",
    "year": "年份",
    "figure of the year": "年度指标",
    "demand, TWh": "用电量，太瓦时",
    "peak, GW": "最高负荷，吉瓦",
    "imports, % of use": "外来电占比，%",
    "renewable, % of use": "可再生电量占比，%",
    "curtailed, %": "弃电率，%",
    "CO2, Mt": "二氧化碳，百万吨",
    "of it local, Mt": "其中本地，百万吨",
    "factor, tCO2/MWh": "排放因子，吨/兆瓦时",
    "mean price, {money}/MWh": "平均电价，{money}/兆瓦时",
    "full cost, {money}/MWh": "平均全成本，{money}/兆瓦时",
    "margin, %": "备用率，%",
    "not served, GWh": "缺电量，吉瓦时",
    "found": "模型结果",
    "holds": "成立",
    "misses": "未达到",
    "absent": "无法判断",
    "missed: {name} ({year}) by {missed:.4g} {unit}; binding with it: {together}": (
        "未满足：{name}（{year}），差 {missed:.4g} {unit}；同时受限：{together}"
    ),
    "nothing": "无",
    " (need of store: {need:,.0f} GWh)": "储气需要量：{need:,.0f} 吉瓦时。",
    "observed figure": "观测指标",
    "observed": "观测值",
    "modelled": "模型值",
    "error": "误差",
    "told to the model": "是否为输入",
    "found out": "否",
    "input": "是",
    "in part": "部分",
    "iteration": "迭代",
    "interrupted: nothing was kept": "已中断：没有保存任何结果",
    "last tonne, {money}": "最后一吨，{money}",
    "profile": "曲线",
    "spec": "模型文件",
    "power system": "电力系统模型",
    "job": "计算任务",
    "{profile}: {hours} hours taken in ({kind}); mean {mean:.4g}, highest {top:.4g}": (
        "{profile}：已导入 {hours} 小时（{kind}）；平均 {mean:.4g}，最高 {top:.4g}"
    ),
    "load": "负荷",
    "capacity factor": "容量系数",
    "{profile}: the synthetic series counts again": "{profile}：恢复使用合成曲线",
}
