"""Record the examples of the API's description: `python -m tests.api.record_examples` asks Shanghai and cuts short."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.api.asgi import Answer, Client
from tests.api.conftest import TODAY

from dafeng.api import build
from dafeng.web.site import Site

#: What every workbook begins with.
XLSX = "PK\x03\x04"
FILE = Path(__file__).parent.parent.parent / "src" / "dafeng" / "api" / "examples.json"
#: What is asked for the example of each path.
ASKED = {
    "/city": "/city",
    "/methods": "/methods",
    "/health": "/health",
    "/plans": "/plans?limit=1",
    "/plans/diff": "/plans/diff?a=peaking-2022&b=transition-2024",
    "/plans/{id}": "/plans/transition-2024",
    "/actions": "/actions?limit=1",
    "/tasks": "/tasks?limit=1",
    "/organisations": "/organisations?limit=1",
    "/organisations/{id}": "/organisations/development-reform",
    "/assessment": "/assessment",
    "/targets": "/targets?status=on_track&limit=1",
    "/targets.csv": "/targets.csv?status=on_track",
    "/targets/{id}": "/targets/pv-capacity-2030",
    "/targets/{id}/lineage": "/targets/pv-capacity-2030/lineage",
    "/outlook": "/outlook",
    "/goals": "/goals?status=met&limit=1",
    "/goals/{id}": "/goals/peak-2030",
    "/changes": "/changes?since=2026-01-01",
    "/indicators": "/indicators?limit=1",
    "/indicators/{id}": "/indicators/power.pv_capacity",
    "/facts": "/facts?indicator=power.pv_capacity&year=2024&limit=1",
    "/documents": "/documents?limit=1",
    "/documents/{id}": "/documents/nea-solar-capacity-2024",
    "/factors": "/factors?q=gasoline&limit=1",
    "/factors/choice": "/factors/choice?what=electricity&regime=enterprise&year=2023",
    "/factors/sets": "/factors/sets",
    "/factors/benchmarks": "/factors/benchmarks?limit=1",
    "/factors/{id}": "/factors/enterprise-defaults.kerosene.carbon_content",
    "/factors/{id}/lineage": "/factors/enterprise-defaults.kerosene.carbon_content/lineage",
    "/pathway/scenarios": "/pathway/scenarios",
    "/pathway/levers": "/pathway/levers",
    "/pathway/projection": "/pathway/projection?scenario=plan&draws=100&seed=1",
    "/pathway/places": "/pathway/places?scenario=plan",
    "/pathway/places/{id}": "/pathway/places/pudong?scenario=plan",
    "/pathway/attribution": "/pathway/attribution?scenario=plan&against=current&year=2030",
    "/pathway/seek": "/pathway/seek?target=scrap-ratio-2030&lever=converter-scrap",
    "/pathway/effort": "/pathway/effort?target=scrap-ratio-2030&target=wind-capacity-2030",
    "/pathway/sensitivity": "/pathway/sensitivity?size=16",
    "/pathway/cost": "/pathway/cost?scenario=plan&against=current",
    "/pathway/abatement": "/pathway/abatement?scenario=current&year=2030&steps=2",
    "/pathway/hindcast": "/pathway/hindcast?start=2015",
    "/accounts": "/accounts",
    "/accounts/{id}": "/accounts/assessed?year=2021",
    "/accounts/{id}/reconciliation": "/accounts/ceads/reconciliation?to=assessed&year=2019",
    "/accounts/{id}/decomposition": "/accounts/ceads/decomposition?start=2013&end=2019",
    "/accounts/{id}/peak": "/accounts/ceads/peak",
    "/dispatch/jobs": "/dispatch/jobs",
    "/dispatch/jobs/{id}": "/dispatch/jobs/{job}",
    "/dispatch/jobs/{id}/result": "/dispatch/jobs/{job}/result",
    "/dispatch/jobs/{id}/hours.csv": "/dispatch/jobs/{job}/hours.csv",
    "/reports/inventory.xlsx": "/reports/inventory.xlsx?boundary=assessed&year=2021",
    "/reports/gpc.xlsx": "/reports/gpc.xlsx?year=2021",
    "/reports/accounts.csv": "/reports/accounts.csv?boundary=ceads",
    "/districts": "/districts?year=2021",
    "/districts/decomposition": "/districts/decomposition?start=2021&end=2022",
    "/districts/{id}/peak": "/districts/pudong/peak",
    "/districts/roll-up": "/districts/roll-up?year=2021",
    "/enterprises": "/enterprises?year=2022",
    "/control-indicators": "/control-indicators?boundary=ceads&start=2019&end=2020",
    "/control-indicators/{id}": "/control-indicators/energy-intensity-five-years",
    "/accounts/{id}/peaks": "/accounts/ceads/peaks",
    "/accounts/{id}/nowcast": "/accounts/assessed/nowcast?year=2022",
}


def short(data: Any, most: int = 1) -> Any:
    """Keep the first entries of every list."""
    if isinstance(data, dict):
        return {name: short(value, most) for name, value in data.items()}
    if isinstance(data, list):
        return [short(value, most) for value in data[: 2 if data and isinstance(data[0], (int, float)) else most]]
    return data


def started(answer: Answer, path: str) -> Any:
    """Give an answer cut short: the first lines of a table, the mark a workbook begins with."""
    if path.endswith(".xlsx"):
        return XLSX
    if path.endswith(".csv"):
        return "".join(answer.text.splitlines(keepends=True)[:4])
    return short(answer.json())


def solved(client: Client) -> str:
    """Ask for a solve of the power system and wait for it; give the name of the job."""
    question = json.dumps({"years": [2025], "step": 3}).encode()
    asked = client.ask("POST", b"/dispatch/jobs", headers={"content-type": "application/json"}, body=question)
    id: str = asked.json()["id"]
    while (status := client.get(f"/dispatch/jobs/{id}").json()["status"]) in ("waiting", "running"):
        time.sleep(0.2)
    assert status == "done", status
    return id


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _record(Client(build(Site("shanghai", f"sqlite:///{folder}/dafeng.sqlite", today=lambda: TODAY))))


def _record(client: Client) -> None:
    found: dict[str, Any] = {}
    job = solved(client)
    for path, asked in ASKED.items():
        answer = client.get(asked.replace("{job}", job))
        assert answer.status == 200, (asked, answer.text)
        found[path] = started(answer, path)
    FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
