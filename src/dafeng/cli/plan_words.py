"""What `dafeng plan diff`, `dafeng plan consistency` and `dafeng compile` say, in Chinese."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Hold two plans against each other, target by target, units converted. Exit code 1 where they differ.": (
        "逐项比较两份方案的目标，自动换算单位。有差异时退出码为 1。"
    ),
    "A plan of the city by its id, a plan file (YAML), or a document that is compiled first.": (
        "城市方案的标识、方案文件（YAML），或先行编译的文件。"
    ),
    "The other plan, the newer one.": "另一份方案，即较新的一份。",
    "Hold district plans against the plan of their city: coverage, stringency, dates, sums. Exit 1 after findings.": (
        "对照全市方案检查各区方案：覆盖、力度、期限、合计。发现不一致时退出码为 1。"
    ),
    "Plan of the city: an id, a plan file or a document.": "全市方案：标识、方案文件或文件。",
    "Plans of districts, each as a plan file or a document.": "各区方案，每份为方案文件或文件。",
    "Read a plan out of an official document and propose it as data, every item with its place in the text.": (
        "从公文中读出方案，整理为数据，每一项附在原文中的位置。"
    ),
    "Document: Markdown, text, HTML, DOCX, or PDF with text.": "文件：Markdown、文本、HTML、DOCX，或带文字的 PDF。",
    "Write the plan as a plan file of a city pack.": "写出城市数据包的方案文件。",
    "Write a page to review the items on, in one file.": "写出供逐项审阅的单文件网页。",
    "Decisions of a review; only what they accept enters the plan.": "审阅决定；只有采纳的内容进入方案。",
    "Put the reviewed plan into a city pack, with the document, indicators and units it needs.": (
        "把审阅过的方案写入城市数据包，并登记所需的文件、指标和单位。"
    ),
    "Id of the plan; made from the file name by default.": "方案标识；默认取自文件名。",
    "Who issued it; read from the document by default.": "发布机关；默认从文件中读取。",
    "When it was issued; read from the document by default.": "发布日期；默认从文件中读取。",
    "Id of the document in documents.yaml; that of the plan by default.": (
        "documents.yaml 中的文件标识；默认与方案标识相同。"
    ),
}
OUTPUT: dict[str, str] = {
    "{a} against {b}": "{a}与{b}比较",
    "change": "变化",
    "before": "原值",
    "due before": "原期限",
    "after": "现值",
    "due after": "现期限",
    "clause before": "原条款",
    "clause after": "现条款",
    "standing": "长期",
    "no target differs": "目标没有差异",
    "unchanged targets: {count}": "未变化的目标：{count} 项",
    "left in force by the newer plan, which amends the older: {count}": (
        "新方案为修订方案，原方案继续有效的目标：{count} 项"
    ),
    "{place}: takes up {taken} of {all} targets of the city": "{place}：全市 {all} 项目标中列入 {taken} 项",
    "no inconsistency was found": "未发现不一致",
    "{place}: {own} targets that the city's plan does not have": "{place}：另有 {own} 项目标为全市方案所无",
    "{target}: together {total}, the city asks {asked}": "{target}：合计 {total}，全市要求 {asked}",
    "{plan}: not reviewed, taken as it was read": "{plan}：尚未审阅，按读出内容比较",
    "{plan}: its head has stand-ins": "{plan}：表头含替代值",
    "check": "检查项",
    "issuer": "发布机关",
    "city's clause": "全市条款",
    "district's clause": "区条款",
    "district": "区",
    "{count} item(s) proposed: {targets} targets, {goals} goals, {tasks} tasks; {excluded} numbers left out": (
        "共提出 {count} 项：目标 {targets} 项、定性目标 {goals} 项、任务 {tasks} 项；另有 {excluded} 个数字未列为目标"
    ),
    "written: {path}": "已写出：{path}",
    "not reviewed: every item is to be accepted, edited or rejected before the plan is used.": (
        "尚未审阅：使用前须逐项采纳、修改或不采纳。"
    ),
    "not said in the document, a stand-in was written: {fields}. Give it with {options}.": (
        "文件未写明，暂以替代值写出：{fields}。请用 {options} 给出。"
    ),
    "targets without an indicator of the city: {count}; name one before a pack takes them": (
        "未对应本市指标的目标：{count} 项；须选定指标，数据包才能接受"
    ),
    "declared for the plan: {indicators} indicators, {units} units; look over their names, units and types": (
        "随方案登记：指标 {indicators} 项、责任单位 {units} 个；请核对名称、计量单位和类型"
    ),
    "units that match no organisation: {names}": "未能对应的责任单位：{names}",
}
