"""What `dafeng database` says, in Chinese."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Look at the database, or bring an older one to its present shape.": "查看数据库，或把旧版数据库升级到现行结构。",
    "Tell where the database is and at which step. Exit code 1 where it is of another version of dafeng.": (
        "说明数据库在何处、处于哪一步。与本版 dafeng 不一致时退出码为 1。"
    ),
    "Bring an older database to its present shape, all steps or none; an SQLite database is copied first.": (
        "把旧版数据库升级到现行结构：全部步骤一并完成，否则一步也不执行；SQLite 数据库先行备份。"
    ),
    "Only tell which steps would be taken.": "只列出将执行的步骤。",
    "Where the copy of an SQLite database goes; beside it by default.": (
        "SQLite 数据库备份的位置；默认与数据库放在一起。"
    ),
    "Make no copy first.": "不作备份。",
}
OUTPUT: dict[str, str] = {
    "no database yet: the first import or upload makes it": "尚无数据库：首次导入或上传时建立",
    "up to date (step {step})": "已是最新（第 {step} 步）",
    "made by an older dafeng (step {step}, this one needs {expected})": (
        "由旧版 dafeng 建立（第 {step} 步，本版需要第 {expected} 步）"
    ),
    "made by a newer dafeng (step {step}, this one knows {expected}); update dafeng": (
        "由新版 dafeng 建立（第 {step} 步，本版只到第 {expected} 步）；请升级 dafeng"
    ),
    "'dafeng database migrate' takes these steps.": "用“dafeng database migrate”执行这些步骤。",
    "copy: {path}": "备份：{path}",
    "no copy of a PostgreSQL database is made here; pg_dump makes one": (
        "此处不备份 PostgreSQL 数据库；可用 pg_dump 备份"
    ),
    "now up to date (step {step})": "现已是最新（第 {step} 步）",
    "nothing was changed": "未作任何改动",
    "database": "数据库",
    # The steps themselves, by the first line of each migration.
    "Keep imported facts, their documents and batches, and the audit trail.": (
        "保存导入的事实数据及其文献、批次，以及操作日志。"
    ),
    "Keep documents under review, the items read out of them, and the decisions on each.": (
        "保存审阅中的文件、从中读出的各项，以及逐项决定。"
    ),
    "Keep registers and the activity of enterprises and districts.": "保存登记册以及企业和区的活动数据。",
}
