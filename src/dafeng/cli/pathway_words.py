"""The Chinese of the commands about pathways."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Project a scenario: CO2 by sector and boundary, the peak and its probability, every target it answers.": (
        "推演一个情景：分行业、分核算边界的二氧化碳排放，达峰年份与概率，以及可推演的各项目标。"
    ),
    "List the scenarios of the pack with their hashes.": "列出全部情景及其哈希值。",
    "List the levers by action: what each moves, its range, its lead time; those that wait are marked.": (
        "按行动列出全部措施：作用对象、取值范围、见效年限；尚不能用的注明原因。"
    ),
    "Say whose doing the difference of two scenarios is: by action and lever, in parts that sum to the whole.": (
        "把两个情景之差分解到各行动、各项措施，各部分之和等于总差。"
    ),
    "Seek what one lever must be so that a target is met, or the least moves of many that meet several targets.": (
        "求一项措施须达到多少才能完成目标，或多项措施以最小调整同时完成几项目标；不能完成时说明原因。"
    ),
    "Say what decides the peak year: the part of its variance each uncertain quantity explains.": (
        "说明达峰年份由什么决定：各不确定因素解释的方差份额。"
    ),
    "Scenario; 'dafeng scenarios' lists them.": "情景；“dafeng scenarios”列出全部情景。",
    "What is counted; the first of the pack by default.": "核算边界；默认为数据包的第一个。",
    "Set one lever, and when it is done; SHAPE is linear, s-curve or step. Repeat for several.": (
        "设定一项措施，可注明起止年份和曲线（linear 直线、s-curve S 形、step 一次到位）；可重复。"
    ),
    "Show the pathway of a district or area; several may be.": "显示一个区或区域的路径；可重复。",
    "Show every district, and what is not divided.": "显示全部各区，以及没有分摊的部分。",
    "What is counted of places; the first by default.": "分区时的核算边界；默认为第一个。",
    "Draws of what is uncertain.": "不确定性抽样次数。",
    "Seed of the draws.": "抽样种子。",
    "A scenario that was kept, in place of one of the pack.": "用已保存的情景代替数据包的情景。",
    "Scenario it is compared with.": "对照情景。",
    "Year of the difference.": "比较年份。",
    "Target that is to be met, or 'peak'; several may be.": "须完成的目标，或 peak（按期达峰）；可重复。",
    "Lever that may move; several may be, all of them if left out.": "可调整的措施；可重复，默认为全部可用措施。",
    "Year of the decision: no lever goes further than its lead time allows.": (
        "决策年份：措施的调整不超过其见效年限所允许的范围。"
    ),
    "Rows of the design.": "抽样设计的行数。",
    "Year the model starts from.": "模型起算年份。",
    "Pairs of orders sampled where an action has many levers.": "一项行动措施较多时抽取的次序对数。",
    "File to write: .xlsx, .csv, or .iamc.csv for the IAMC.": "写入的文件：.xlsx、.csv，或 IAMC 格式的 .iamc.csv。",
    "Say what a scenario costs against another: yearly cost and its parts, investment, cost per tonne.": (
        "一个情景比另一个贵多少：年成本及其构成、投资、单位减排成本。"
    ),
    "Seek the cheapest way down in one year: what each further tonne costs when levers act together.": (
        "某一年最省的减排途径：各项措施共同作用时，再减一吨的成本。"
    ),
    "Year of the curve.": "曲线的年份。",
    "Points of the curve.": "曲线的点数。",
    "Run the past: the model started in an earlier year, held against the accounts, beside two naive forecasts.": (
        "回测：模型从较早年份起算，与核算结果对比，并列两种简单预测。"
    ),
}
OUTPUT: dict[str, str] = {
    "place": "地点",
    "share": "占全市",
    "share of the city": "占全市",
    "allocated": "分摊所得",
    "rests on": "依据",
    "MtCO2 {year}": "{year} 年百万吨",
    "not divided": "未分摊",
    "the city": "全市",
    "own: {fact} {years}": "本区数据：{fact}（{years}）",
    "; this part of it by {key}": "；其中本项按{key}",
    "allocated by {key}, {year}": "按{key}（{year} 年）分摊",
    "absent: no {fact}": "缺：没有 {fact}",
    "Highest in {year}: {value} MtCO2": "最高年份 {year}：{value} 百万吨二氧化碳",
    "Of the city, not divided: {lines}": "属于全市，未分摊：{lines}",
    "Allocated figures divide the city's by a key ({keys}); no place published them.": (
        "分摊所得由全市数按指标（{keys}）分到各区，不是各区公布的数据。"
    ),
    "boundary": "核算边界",
    "peak year": "达峰年份",
    "MtCO2": "百万吨二氧化碳",
    "peaks in time": "按期达峰概率",
    "confirmed": "检验确认概率",
    "asked": "目标值",
    "projected": "推演值",
    "gap": "差距",
    "met": "可完成",
    "missed": "不能完成",
    "90% between": "90% 区间",
    "90% between {low} and {high}": "90% 区间 {low} 至 {high}",
    "chance": "完成概率",
    "Nothing has to move: the scenario meets all of it.": "无须调整：该情景已全部完成。",
    "Binds first: {target}": "最先受限的目标：{target}",
    "scenario": "情景",
    "hash": "哈希值",
    "levers set": "设定措施数",
    "lever": "措施",
    "range": "取值范围",
    "lead": "见效年限",
    "waits for": "等待",
    "driver": "驱动因素",
    "{count} measures work": "可用措施 {count} 项",
    "all": "合计",
    "cannot: {reason}": "不能完成：{reason}",
    "setting": "须达到",
    "reach": "可及范围",
    "reached": "达到值",
    "step": "起点差",
    "drivers known": "驱动因素已知",
    "nothing known": "一概未知",
    "last value": "末年值",
    "straight line": "直线外推",
    "best": "误差最小",
    "Mean absolute error over the mean account, {start}-{until}": "平均绝对误差占平均排放的比例，{start}—{until} 年",
    "Without an account to hold against: {sectors}": "没有可对比核算的部门：{sectors}",
    "met in {share} of the draws": "{share} 的抽样能完成",
    "the simple drift says otherwise": "简单外推的结论相反",
    "{file}: written": "已写入 {file}",
    "yearly cost": "年成本",
    "investment": "当年投资",
    "part": "构成",
    "Billion {currency} of {year}": "十亿{currency}（{year} 年价格）",
    "{value} {currency} for each tonne avoided": "每减排一吨 {value} {currency}",
    "MtCO2 avoided": "减排，百万吨",
    "yearly cost, billion": "年成本，十亿元",
    "next tonne": "再减一吨",
    "levers": "措施",
    "Each lever alone, as far as its range goes": "各项措施单独推到范围尽头",
    "CNY/t": "元/吨",
    "With a cost, and no CO2 to lower in {year}: {levers}": "有成本、但 {year} 年不减排：{levers}",
    "* at the end of its reach": "* 已到可及范围的尽头",
    "uncertain quantity": "不确定因素",
    "alone": "单独",
    "with others": "含交互",
    "working lever": "可用措施",
    "target that the pathway answers": "可推演的目标",
}
