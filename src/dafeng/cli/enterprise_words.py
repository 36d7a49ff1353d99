"""What `dafeng enterprise`, `district`, `demo` and `import activity` say, in Chinese."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Enterprises and facilities: register, account, report, verify, lock.": (
        "企业和设施：登记、核算、填报、核查、锁定。"
    ),
    "Districts and key areas: account, compare, roll up.": "区和重点区域：核算、比较、汇总。",
    "Write synthetic data for demonstration; nothing is loaded.": "写出演示用的虚构数据；不会自动载入。",
    "Import activity of enterprises or of a place: all of it, or after a fault nothing.": (
        "导入企业或地区的活动数据：全部导入，有错误则全部不导入。"
    ),
    "Place the activity is of: a district, an area, or the city.": "活动数据所属地区：区、重点区域或全市。",
    "Register the enterprises, facilities and processes of a file.": "登记文件中的企业、设施和工序。",
    "List the enterprises.": "列出企业。",
    "Show one enterprise: facilities, markets, its report of a year.": "查看一家企业：设施、所在市场、某年的报告。",
    "Account one enterprise, or all of them together, in a year.": "核算一家企业或全部企业某一年的排放。",
    "Hand in the report of an enterprise on a year.": "提交企业某一年的报告。",
    "Verify a report that was handed in.": "核查已提交的报告。",
    "Lock a verified report.": "锁定已核查的报告。",
    "Give a report back, to be changed and handed in anew.": "退回报告，修改后重新提交。",
    "Open a locked report again.": "重新打开已锁定的报告。",
    "Let a person report, verify, or act for the authority.": "授予填报、核查或主管职责。",
    "Write an empty workbook for units and activity.": "写出单位和活动数据的空白工作簿。",
    "Id of an enterprise.": "企业标识。",
    "Id of an enterprise; all of them together by default.": "企业标识；默认为全部企业合计。",
    "Year.": "年份。",
    "Why; it is kept in the audit trail.": "理由；记入审计记录。",
    "Count by this market: none, local or national; by default the one the unit is in.": (
        "按该市场的口径：none、local 或 national；默认为单位所在市场。"
    ),
    "Take the factors of this year; by default of the year of the account.": "采用该年的因子；默认为核算年份。",
    "Who is given the role.": "被授予职责的人。",
    "Role: reporter, verifier or authority.": "职责：reporter（填报）、verifier（核查）或 authority（主管）。",
    "Enterprise the role is for; all by default.": "职责所涉企业；默认全部。",
    "File to write.": "要写出的文件。",
    "Decompose the change of the sum over districts, by factor and district (LMDI-I).": (
        "按因素和区分解各区之和的变化（LMDI-I）。"
    ),
    "Account the districts in a year and list them, the largest first.": "核算各区某一年的排放，由大到小列出。",
    "Add the districts up to the city; what stands twice is shown and removed.": (
        "将各区汇总到全市；列出并扣除重复计算的部分。"
    ),
    "Factor regime of fuels, heat and electricity.": "燃料、热力和电力的因子口径。",
    "Factor regime of electricity, where it is another.": "电力的因子口径（与其他不同时）。",
    "Share of the electricity used that comes from outside, 0 to 1; the published one by default.": (
        "用电量中市外来电的比例，0 至 1；默认用公布数推算。"
    ),
    "Boundary of the city account it is held against.": "用以对照的全市核算边界。",
    "Write made-up enterprises and their activity.": "写出虚构的企业及其活动数据。",
    "Write made-up activity of every district.": "写出各区虚构的活动数据。",
    "Folder to write into.": "写入的文件夹。",
    "Number of enterprises.": "企业数量。",
    "Seed of the draws.": "随机数种子。",
}
OUTPUT: dict[str, str] = {
    "tCO2": "吨二氧化碳",
    "kind": "类别",
    "activity": "活动数据",
    "added up": "各区相加",
    "electricity counted twice": "重复计入的电力",
    "heat counted twice": "重复计入的热力",
    "counted once": "去重后合计",
    "account of the city": "全市账户",
    "not allocated to districts": "未分到区的余额",
    "imported share of electricity": "外来电比例",
    "given": "由命令给定",
    "districts without figures": "没有数据的区",
    "No share of imports was published for the year; give one to take out what stands twice.": (
        "该年没有公布外来电数据；给出比例后才能去除重复。"
    ),
    "{count} units entered or changed": "登记或变更 {count} 个单位",
    "{batch}: {count} rows withdrawn": "{batch}：已撤回 {count} 行",
    "No enterprise is registered yet.": "尚未登记企业。",
    "{enterprise} {year}: {state}": "{enterprise} {year} 年：{state}",
    "draft": "填报中",
    "reported": "已提交",
    "verified": "已核查",
    "locked": "已锁定",
    "Synthetic data, for demonstration only.": "虚构数据，仅供演示。",
    "No district has a figure for each of its rows in both years.": "没有一个区在两年中每行都有数字。",
    "granted": "已授予",
    "written": "已写出",
    "enterprise": "企业",
    "enterprises": "企业数",
    "scope": "范围",
    "scope 2": "范围二",
    "use": "活动类别",
    "what": "品种",
    "facility": "设施",
    "market": "碳市场",
    "if counted by": "若按此市场计",
    "second estimate": "第二估计",
    "estimated": "估计值",
    "accounted": "核算值",
    "difference": "差",
    "scope 1": "范围一",
    "electricity": "电力",
    "heat": "热力",
    "coverage": "覆盖率",
    "total": "合计",
}
