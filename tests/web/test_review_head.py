"""The head of a plan under review: asked for where the document does not say it, kept when a reviewer gives it."""

from __future__ import annotations

import re

from tests.fixtures.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.web.test_review import TEXT, Asked, ask, csrf, decide, sign_in, upload, url  # noqa: F401 - fixtures


def test_a_head_that_was_not_read_is_asked_for_and_flagged_where_it_is_not_given(ask: Asked) -> None:  # noqa: F811 - the fixture
    client = ask()
    sign_in(client)
    text = TEXT.partition("示例市人民政府")[0].replace("示例市", "")
    address = upload(client, text).headers["location"]
    page = client.get(address).text
    assert "文件未写明：发布机关和发布日期" in page
    for item in re.findall(r'<li class="rv-card[^>]* data-item="([^"]+)"', page):
        decide(client, address, item, "accept")
    assert "stand_ins:\n- issuer\n- issued\n" in client.get(f"{address}/plan.yaml").text
    given = client.get(f"{address}/plan.yaml?issuer=示例市&issued=2021-06&id=toy-read")
    assert given.headers["content-disposition"] == 'attachment; filename="toy-read.yaml"'
    assert "stand_ins" not in given.text
    wrong = client.get(f"{address}/plan.yaml?issued=July")
    assert wrong.status_code == 409
    assert "不是日期" in wrong.text


def test_a_head_that_a_reviewer_gives_is_kept_for_whoever_takes_the_plan_along(ask: Asked) -> None:  # noqa: F811 - the fixture
    client = ask()
    sign_in(client)
    text = TEXT.partition("示例市人民政府")[0].replace("示例市", "")
    address = upload(client, text).headers["location"]
    data = {"csrf": csrf(client, address), "issuer": "示例市人民政府", "issued": "2021-06", "id": "toy-read"}
    wrong = client.request("POST", f"{address}/head", data={**data, "issued": "July"})
    assert (wrong.status_code, "不是日期" in wrong.text) == (422, True)
    assert client.request("POST", f"{address}/head", data={**data, "csrf": "0" * 64}).status_code == 403
    kept = client.request("POST", f"{address}/head", data=data)
    assert (kept.status_code, kept.headers["location"]) == (303, f"{address}#head")
    page = client.get(address).text
    assert 'value="示例市人民政府"' in page
    assert "此表头在审阅中填写" in page
    assert "文件未写明" not in page
    for item in re.findall(r'<li class="rv-card[^>]* data-item="([^"]+)"', page):
        decide(client, address, item, "accept")
    reader = ask()
    plan = reader.get(f"{address}/plan.yaml")
    assert plan.headers["content-disposition"] == 'attachment; filename="toy-read.yaml"'
    assert "stand_ins" not in plan.text
    assert "issued: 2021-06" in plan.text
    assert reader.request("POST", f"{address}/head", data=data).status_code == 403
