"""What the command line says, in Chinese; the English sentence is the key. A test holds the list complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafeng.cli import (
    account_words,
    database_words,
    dispatch_words,
    enterprise_words,
    factor_words,
    pathway_words,
    plan_words,
    preview_words,
    report_words,
)

if TYPE_CHECKING:
    from dafeng.labels import Language

#: Help of the commands and options.
HELP: dict[str, str] = {
    "What a city's carbon-peaking plan promised, what the evidence says, and where every number comes from.": (
        "城市碳达峰方案承诺了什么、证据表明什么、每个数字从何而来。"
    ),
    "City pack: a name that comes with dafeng, or a path.": "城市数据包：随 dafeng 附带的名称，或路径。",
    "Language of tables and messages; that of the locale by default.": "表格和提示的语言；默认随系统区域设置。",
    "Print the version and leave.": "显示版本号并退出。",
    "Show this message and exit.": "显示本帮助并退出。",
    "Print JSON for programs.": "输出 JSON，供程序读取。",
    "Judge by what was known on this day; today by default.": "按该日已知的证据评估；默认今天。",
    "Plan; the one that the others amend by default.": "方案；默认为其他版本所修订的原方案。",
    "Hold the plan against its evidence: one verdict for every target and goal.": (
        "对照证据评估方案：逐项给出目标和定性目标的结论。"
    ),
    "Only results with this verdict; repeat for several.": "只看这一结论；可重复给出多个。",
    "Only results of this action.": "只看这一行动。",
    "Only results this unit answers for: its id or any of its names.": "只看该单位负责的结果：可用标识或任一名称。",
    "Whether the unit leads, takes part, or either.": "该单位牵头、参与，或两者皆可。",
    "Only results that fall due in this year.": "只看该年到期的结果。",
    "Only targets of the city, or only standards imposed on projects.": "只看全市目标，或只看对项目的准入标准。",
    "Only results whose label, id, indicator or clause has these words.": (
        "只看名称、标识、指标或条款中含有这些词的结果。"
    ),
    "Order of the targets; a leading - turns it round.": "目标的排序；前加 - 为倒序。",
    "List the evidence that is new since a day, and the verdicts it changed.": (
        "列出某日以来的新证据，以及因此改变的结论。"
    ),
    "Day to compare with.": "比较的起始日。",
    "Show a plan: its actions, tasks and the units that answer for them.": "查看方案：行动、任务和责任单位。",
    "Plan version; the one that the others amend by default.": "方案版本；默认为其他版本所修订的原方案。",
    "Show one target: verdict and reason, evidence, required path, projection, who answers.": (
        "查看一项目标：结论与理由、证据、应达路径、外推和责任单位。"
    ),
    "Id of a target; 'dafeng assess' lists them.": "目标标识；可由“dafeng assess”列出。",
    "Show where a number comes from: formulas, facts, parameters, rules, down to the documents.": (
        "查看数字的来源：公式、事实数据、参数、规则，直至文献。"
    ),
    "Id of a target, goal, variable or indicator.": "目标、定性目标、变量或指标的标识。",
    "Year to explain; for a variable the last one by default.": "要说明的年份；变量默认取最近一年。",
    "Show facts: one figure for each period, with its source and status.": (
        "查看事实数据：每个时期一个数值，附来源和状态。"
    ),
    "Indicator id; without one the indicators are listed.": "指标标识；不给出时列出全部指标。",
    "Only facts of this place.": "只看该地区的事实数据。",
    "Only facts whose period ends in this year.": "只看时期止于该年的事实数据。",
    "Only what was known on this day; today by default.": "只看该日已知的内容；默认今天。",
    "Also figures that do not stand for their period: other sources, older publications, plans.": (
        "一并显示未被采用的数值：其他来源、较早发布的数值、计划数。"
    ),
    "Check a whole city pack: every file, every reference, every unit. Exit code 1 where it has faults.": (
        "检查整个城市数据包：每个文件、每处引用、每个单位。有错误时退出码为 1。"
    ),
    "City pack: a path or a name; that of --city by default.": "城市数据包：路径或名称；默认为 --city 所指。",
    "Take in data from outside.": "导入外部数据。",
    "Import facts from a CSV or XLSX file: all of it, or after a fault nothing. Every fault is reported at once.": (
        "从 CSV 或 XLSX 文件导入事实数据：全部导入，有错误则一行也不导入，并一次报告全部错误。"
    ),
    "CSV or XLSX file.": "CSV 或 XLSX 文件。",
    "Only check the file.": "只检查文件，不导入。",
    "Import the rows without faults and leave out the others.": "导入没有错误的行，略去其余各行。",
    "Value of a column the table lacks; repeat for several.": "表中所缺的列统一取此值；可重复给出多个。",
    "Sheet of a workbook; the first by default.": "工作簿中的工作表；默认取第一张。",
    "Who does this; your login name by default.": "操作人；默认为登录名。",
    "List what was imported, newest first.": "列出历次导入，最近的在前。",
    "Undo one import: its facts or activity count no longer; facts still answer for the days before.": (
        "撤销一次导入：其中的事实或活动数据不再计入；事实对此前的日期仍然有效。"
    ),
    "Batch id, or its start; 'dafeng import list' lists them.": "批次标识或其开头；可由“dafeng import list”列出。",
    "Serve the pages and the API.": "启动网页和接口服务。",
    "Address to listen on; 127.0.0.1 by default.": "监听地址；默认 127.0.0.1。",
    "Port to listen on; 8000 by default.": "监听端口；默认 8000。",
    "Server processes; 1 by default.": "服务进程数；默认 1。",
    "Shape of the log lines; console by default.": "日志格式；默认 console。",
}
#: Sentences and headings.
OUTPUT: dict[str, str] = {
    "{plan}, as known on {day}": "{plan}（证据截至 {day}）",
    "targets": "目标",
    "goals": "定性目标",
    "none": "无",
    "later versions of the plan": "方案的后续版本",
    "Nothing fits the filter.": "没有符合条件的结果。",
    "verdict": "结论",
    "target": "目标",
    "goal": "定性目标",
    "asked": "要求",
    "due": "期限",
    "latest": "最新证据",
    "gap": "差距",
    "owner": "责任单位",
    "id": "标识",
    "newest note": "最新记录",
    "too old": "过旧",
    "Nothing is new since {day}.": "{day} 以来没有新证据。",
    "published": "发布时间",
    "figure": "数值",
    "before": "原结论",
    "after": "现结论",
    "source": "来源",
    "Other versions: {ids}. Show one with --version.": "其他版本：{ids}。用 --version 查看。",
    "plan": "方案",
    "issued by": "发布单位",
    "issued": "发布时间",
    "number": "文号",
    "span": "规划期",
    "tasks": "任务",
    "units": "责任单位",
    "no": "序号",
    "action": "行动",
    "clause": "条款",
    "task": "任务",
    "indicator": "指标",
    "name": "名称",
    "unit": "单位",
    "facts": "事实数据",
    "years": "年份",
    "computed": "公式计算",
    "No fact fits.": "没有符合条件的事实数据。",
    "place": "位置",
    "area": "地区",
    "period": "时期",
    "value": "数值",
    "status": "状态",
    "confidence": "可信度",
    "stands": "采用",
    "{city}: no faults": "{city}：没有错误",
    "reason": "理由",
    "required": "应达",
    "progress": "进度",
    "projection": "外推",
    "{value}, 80% between {low} and {high}": "{value}，80% 区间 {low} 至 {high}",
    "leads": "牵头",
    "takes part": "参与",
    "rule": "规则",
    "superseded by": "已被取代为",
    "supersedes": "取代",
    "year": "年份",
    "'dafeng explain {id}' shows where the numbers come from.": "用“dafeng explain {id}”查看数字的来源。",
    "formula": "公式",
    "fact": "事实数据",
    "parameter": "参数",
    "document": "文献",
    "note": "记录",
    "code": "代码",
    "what is wrong": "问题",
    "what to do": "处理办法",
    "{subject}: {count} fault(s)": "{subject}：{count} 处错误",
    "'dafeng check' lists all of them.": "“dafeng check”列出全部错误。",
    "no {kind} '{id}'.": "没有{kind}“{id}”。",
    " Did you mean {names}?": "是否指{names}？",
    "'{name}'": "“{name}”",
    " or ": "或",
    "'dafeng --help' lists the commands.": "“dafeng --help”列出全部命令。",
    "interrupted": "已中断",
    "a fault of dafeng itself: {error}. Set DAFENG_DEBUG=1 to see where.": (
        "dafeng 自身出错：{error}。设 DAFENG_DEBUG=1 可查看出错位置。"
    ),
    "city": "城市",
    "organisation": "单位",
    "variable": "变量",
    "batch": "批次",
    "target or goal": "目标或定性目标",
    "target, goal, variable or indicator": "目标、定性目标、变量或指标",
    "year of this variable": "该变量的年份",
    "year of this indicator": "该指标的年份",
    "file": "文件",
    "import": "导入批次",
    "imported as {batch}: {imported} new, {known} known already, {refused} refused, of {rows} rows": (
        "已导入，批次 {batch}：共 {rows} 行，新增 {imported}，已有 {known}，不合格 {refused}"
    ),
    "checked: {imported} would be new, {known} are known already, of {rows} rows; nothing was written": (
        "检查完毕：共 {rows} 行，可新增 {imported}，已有 {known}；未写入任何内容"
    ),
    "refused: nothing was imported; {refused} of {rows} rows have faults": (
        "未导入：共 {rows} 行，其中 {refused} 行有错误"
    ),
    "nothing new: all {known} figures are known already": "没有新数据：{known} 个数值均已有",
    "this very file was imported already, as {batch}": "此文件已经导入，批次 {batch}",
    "interrupted after {rows} rows: nothing was imported": "在第 {rows} 行后中断：未导入任何内容",
    "'dafeng import undo {batch}' takes it back.": "用“dafeng import undo {batch}”撤销。",
    "Nothing was imported yet.": "尚未导入任何数据。",
    "imported on": "导入时间",
    "by": "操作人",
    "new": "新增",
    "known": "已有",
    "undone on": "撤销日期",
    "Serving {city} at {address} (Ctrl-C stops)": "{city} 已在 {address} 提供服务（Ctrl-C 停止）",
}
for _more in (
    account_words,
    database_words,
    dispatch_words,
    enterprise_words,
    factor_words,
    pathway_words,
    plan_words,
    preview_words,
    report_words,
):
    HELP.update(_more.HELP)
    OUTPUT.update(_more.OUTPUT)
ZH: dict[str, str] = {**HELP, **OUTPUT}


def say(text: str, language: Language, **blanks: object) -> str:
    """Give a sentence in a language, its blanks filled."""
    template = OUTPUT.get(text, text) if language == "zh" else text
    return template.format(**blanks) if blanks else template
