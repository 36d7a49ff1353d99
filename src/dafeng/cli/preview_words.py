"""The Chinese of previews, alternatives and sweeps of the power system."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Let N typical days stand for the year: a preview.": "用 N 个典型日代表全年（预览）。",
    "Solve all hours too, and tell how far the preview lies from them.": "同时求解全部小时，给出预览的实测误差。",
    "Tell how little and how much of each capacity costs at most these parts more.": (
        "给出总成本最多增加这些比例时，每种装机的最小值和最大值。"
    ),
    "Entries of --alternatives, such as pv,battery; all by default.": (
        "--alternatives 的对象，例如 pv,battery；默认为全部。"
    ),
    "Let the scenario and the hourly model take one another's figures.": "情景与逐小时模型互相采用对方的数值。",
    "Solve the power system for every combination of scenarios and values; Ctrl-C stops, and the next call goes on.": (
        "按情景和取值的每种组合求解电力系统；Ctrl-C 停止，再次运行时接着算。"
    ),
    "Scenarios of the pathway, such as current,plan.": "路径情景，例如 current,plan。",
    "Vary a figure of the spec: carriers.gas.price=x0.8,x1,x1.2. Repeatable.": (
        "改变模型中的一个数值，例如 carriers.gas.price=x0.8,x1,x1.2；可重复。"
    ),
    "Folder of the answers; what is there is not solved again.": "结果文件夹；已有的结果不再求解。",
    "Where the points are solved.": "在哪里求解。",
    "Points solved at once; as many as processors by default.": "同时求解的个数；默认为处理器个数。",
    "Write the power system in the formats of other programs.": "按其他程序的格式写出电力系统。",
    "netCDF file to be written.": "要写出的 netCDF 文件。",
    "CSV file to be written.": "要写出的 CSV 文件。",
    "netCDF file of PyPSA.": "PyPSA 的 netCDF 文件。",
    "Folder for spec.yaml and its hours.": "存放 spec.yaml 和逐小时数据的文件夹。",
    "Write the power system as a PyPSA network; needs the extra pypsa.": (
        "把电力系统写成 PyPSA 网络；需要安装 pypsa 附加包。"
    ),
    "Solve the power system and write the answer in the table of the IAMC.": "求解电力系统，并按 IAMC 表格写出结果。",
    "Read a PyPSA network of hourly years as a spec that 'dafeng dispatch --spec' solves; needs the extra pypsa.": (
        "把逐小时年份的 PyPSA 网络读成“dafeng dispatch --spec”可求解的模型；需要安装 pypsa 附加包。"
    ),
    "Address of a running Dask or Ray.": "正在运行的 Dask 或 Ray 的地址。",
}
OUTPUT: dict[str, str] = {
    "preview of {days} typical days, not the answer of all 8,760 hours": "{days} 个典型日的预览，不是 8,760 小时的结果",
    "its error was not measured; --measure solves all hours too": "误差未测量；--measure 会同时求解全部小时",
    "measured error {year}: objective {objective:+.2%}, capacities {capacities:.1%}, CO2 {co2}": (
        "实测误差 {year}：目标值 {objective:+.2%}，装机 {capacities:.1%}，二氧化碳 {co2}"
    ),
    "within {part:.0%}": "成本增加 {part:.0%} 以内",
    "range of capacity in {year}, MW": "{year} 年装机范围，兆瓦",
    "least cost": "最低成本",
    "points": "组合",
    "point": "组合",
    "full cost by MWh": "平均全成本，每兆瓦时",
    "optimality gap": "最优间隙",
    "these are previews, not answers of all 8,760 hours": "以上为预览，不是 8,760 小时的结果",
    "{solved} solved, {found} found, {failed} without answer": "求解 {solved} 个，已有 {found} 个，无结果 {failed} 个",
    "interrupted: the points that are solved are kept": "已中断：已求解的组合已保存",
    "{file}: network of {count} snapshots": "{file}：网络，{count} 个时段",
    "{file}: {count} rows": "{file}：{count} 行",
    "{file}: spec with {count} series": "{file}：模型，{count} 条曲线",
    "converged": "已收敛",
    "not converged": "未收敛",
    "coupled with scenario {id} {hash}: {told} after {rounds} rounds, last change {change:.1e}": (
        "与情景 {id} {hash} 耦合：{rounds} 轮后{told}，最后一轮变化 {change:.1e}"
    ),
    "variable of the pathway": "路径变量",
    "alone": "单独",
    "coupled": "耦合后",
    "hourly model": "逐小时模型",
}
