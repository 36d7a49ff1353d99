"""What is wrong in an input file, and what to do, in Chinese; what has no Chinese words stays as it is."""

from __future__ import annotations

import re

from dafeng.errors import Fault

_TYPES = {
    "string": "文字",
    "number": "数字",
    "integer": "整数",
    "boolean": "true 或 false",
    "list": "列表",
    "tuple": "列表",
    "dictionary": "“字段: 值”的形式",
}
_GOT = r"(?: \(got (?P<got>.*)\))?"
_MESSAGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form + r"\Z", re.DOTALL), words)
    for form, words in (
        (r"(?P<name>\S+): field required", "{name}：缺少此项"),
        (r"(?P<name>\S+): extra inputs are not permitted" + _GOT, "{name}：不认识此项（写的是 {got}）"),
        (
            r"(?P<name>\S+): string should match pattern (?P<what>'.*')" + _GOT,
            "{name}：格式不符，应符合 {what}（写的是 {got}）",
        ),
        (r"(?P<name>\S+): input should be a valid (?P<type>\w+)[^()]*" + _GOT, "{name}：应为{type}（写的是 {got}）"),
        (r"(?P<name>\S+): input should be (?P<what>'.*')" + _GOT, "{name}：应为 {what}（写的是 {got}）"),
        (r"(?P<name>\S+): value error, (?P<what>.*?)" + _GOT, "{name}：{what}（写的是 {got}）"),
        (r"not valid YAML: (?P<what>.*)", "不是有效的 YAML：{what}"),
        (r"the key '(?P<name>.*)' stands twice in one mapping", "字段“{name}”重复"),
        (r"the file is missing", "缺少此文件"),
        (r"the file is not UTF-8 \(byte (?P<what>\d+)\)", "文件不是 UTF-8 编码（第 {what} 字节）"),
        (r"the file is not a mapping of fields", "文件内容不是“字段: 值”的形式"),
        (r"the document has no such item", "文件中没有这一项"),
        (r"no indicator was found for '(?P<name>.*)'", "“{name}”没有对应的指标"),
        (r"no indicator is called '(?P<name>.*)'", "没有标识为“{name}”的指标"),
        (r"no document is called '(?P<name>.*)'", "没有标识为“{name}”的文件"),
        (r"'(?P<name>\S+)': no place is called '(?P<what>.*)'", "“{name}”：没有标识为“{what}”的地点"),
        (r"'(?P<name>\S+)': '(?P<what>\S+)' does not divide the city", "“{name}”：“{what}”不是可分摊的区"),
        (
            r"'(?P<name>\S+)': '(?P<type>\S+)' is a path of the whole city that nobody decides on",
            "“{name}”：{type} 是全市的外部条件，不由区决定",
        ),
        (
            r"'(?P<name>\S+)': '(?P<type>\S+)' acts on what is not divided among places \((?P<what>.*)\)",
            "“{name}”：{type} 作用于未分摊到各区的部分（{what}）",
        ),
        (
            r"'(?P<name>\S+)': (?P<got>.*) is outside the range of '(?P<type>\S+)', (?P<low>\S+) to (?P<high>.*)",
            "“{name}”：{got} 超出 {type} 的范围 {low} 至 {high}",
        ),
        (
            r"lever '(?P<name>\S+)': (?P<got>.*) is outside its range (?P<low>\S+) to (?P<high>.*)",
            "措施“{name}”：{got} 超出范围 {low} 至 {high}",
        ),
        (r"lever '(?P<name>\S+)': (?P<got>\S+) is not a number", "措施“{name}”：{got} 不是数字"),
        (
            r"lever '(?P<name>\S+)': its schedule ends in (?P<low>\d+), before it starts in (?P<high>\d+)",
            "措施“{name}”：进度在 {low} 年结束，早于 {high} 年开始",
        ),
        (
            r"lever '(?P<name>\S+)': its schedule starts in (?P<got>\d+), "
            r"outside the years (?P<low>\d+) to (?P<high>\d+)",
            "措施“{name}”：进度从 {got} 年开始，不在 {low} 至 {high} 年之内",
        ),
        (r"the lever '(?P<name>\S+)' does not work yet: it waits for (?P<got>.*)", "措施“{name}”尚不能用，等待：{got}"),
        (r"no lever is called '(?P<name>.*)'", "没有标识为“{name}”的措施"),
    )
)
_REMEDIES = {
    "Correct the value; the schema is in docs/guide/city-pack.md": "请更正；字段说明见 docs/guide/city-pack.md",
    "Correct the indentation or quoting there": "请更正该处的缩进或引号",
    "Keep one of the two": "请只保留其一",
    "Save it as UTF-8": "请另存为 UTF-8",
    "Write it as 'field: value'": "请写作“字段: 值”",
    "Take the decision out": "请删去这条决定",
    "Set it inside the range": "请设在范围之内",
    "Give a number": "请给出数字",
    "Let it end in the year it starts, or later": "请让结束年份不早于开始年份",
    "Start it in a year that is calculated": "请从计算年份之内开始",
    "Leave it out": "请去掉这一项",
    "Set it without a place": "请不带地点，对全市设定",
    "Set it without a place, or import what the place states of itself": "请不带地点设定，或录入本区自己的数据",
    "'dafeng levers' lists them": "“dafeng levers”列出全部措施",
    "Name the indicator that answers it, declare one in indicators.yaml, or take the target out": (
        "请指定对应的指标，或在 indicators.yaml 中登记，或删去该目标"
    ),
    "Declare it in documents.yaml": "请在 documents.yaml 中登记",
    "Declare it in indicators.yaml": "请在 indicators.yaml 中登记",
}


def in_chinese(fault: Fault) -> tuple[str, str]:
    """Give the message and the remedy of a fault in Chinese, each as it is where there are no words for it."""
    remedy = _REMEDIES.get(fault.remedy, fault.remedy)
    for form, words in _MESSAGES:
        if match := form.match(fault.message):
            said = {name: text or "" for name, text in match.groupdict().items()}
            said["type"] = _TYPES.get(said.get("type", ""), said.get("type", ""))
            said["what"] = said.get("what", "").replace(" or ", "或").replace(", ", "、")
            return words.format_map({"got": "", **said}).replace("（写的是 ）", ""), remedy
    return fault.message, remedy
