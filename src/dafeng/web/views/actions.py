"""The plan's actions and its other chapters, with their tasks, units and targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dafeng.assess.result import GoalResult, TargetResult
from dafeng.errors import NotFound
from dafeng.plan.schema import Task
from dafeng.web.page import Page
from dafeng.web.views.overview import counts_in_words, counts_of, tally
from dafeng.web.views.years import due_figure


@dataclass(frozen=True)
class TaskView:
    """One task with what it promises."""

    task: Task
    targets: Sequence[TargetResult]
    goals: Sequence[GoalResult]


def listing(page: Page) -> dict[str, Any]:
    """Give the values of the list of actions."""
    index = page.snapshot.index
    other = [c for c in index.plan.chapters if any(t.chapter == c.id and not t.action for t in index.plan.tasks)]
    return {
        "plan": index.plan,
        "tally": tally(page)[1:],
        "actions": index.plan.actions,
        "tasks_of": {a.id: [t for t in index.plan.tasks if t.action == a.id] for a in index.plan.actions},
        "chapters": [(c, [t for t in index.plan.tasks if t.chapter == c.id and not t.action]) for c in other],
        "chart": due_figure(page),
    }


def _tasks(page: Page, tasks: Sequence[Task]) -> list[TaskView]:
    return [
        TaskView(
            task,
            [t for t in page.assessment.targets if t.task == task.id],
            [g for g in page.assessment.goals if g.task == task.id],
        )
        for task in tasks
    ]


def show(page: Page, id: str) -> dict[str, Any]:
    """Give the values of one action's page. Raises NotFound."""
    index = page.snapshot.index
    if id not in index.actions:
        raise NotFound("action", id, index.actions)
    action = index.actions[id]
    targets = [t for t in page.assessment.targets if t.action == id]
    goals = [g for g in page.assessment.goals if g.action == id]
    tasks = [t for t in index.plan.tasks if t.action == id]
    held = {t.id for t in tasks}
    order = [a.id for a in index.plan.actions]
    place = order.index(id)
    return {
        "action": action,
        "number": place + 1,
        "plan": index.plan,
        "counts": counts_of(targets),
        "counts_words": counts_in_words(page, targets),
        "targets": targets,
        "goals": goals,
        "tasks": _tasks(page, tasks),
        "loose_targets": [t for t in targets if t.task not in held],
        "loose_goals": [g for g in goals if g.task not in held],
        "before": index.actions[order[place - 1]] if place else None,
        "after": index.actions[order[place + 1]] if place + 1 < len(order) else None,
    }


def chapter(page: Page, id: str) -> dict[str, Any]:
    """Give the values of the page of a chapter outside the actions. Raises NotFound."""
    index = page.snapshot.index
    if id not in index.chapters:
        raise NotFound("chapter", id, index.chapters)
    found = index.chapters[id]
    tasks = [t for t in index.plan.tasks if t.chapter == id and not t.action]
    return {
        "chapter": found,
        "plan": index.plan,
        "tasks": _tasks(page, tasks),
        "loose_targets": _loose(page, id),
        "loose_goals": [
            g for g in page.assessment.goals if not g.action and not g.task and index.goals[g.id][1].chapter == id
        ],
        "actions": [a for a in index.plan.actions if a.chapter == id],
    }


def _loose(page: Page, chapter: str) -> list[TargetResult]:
    """Targets of a chapter that belong to no action and no task."""
    targets = page.snapshot.index.targets
    return [t for t in page.assessment.targets if not t.action and not t.task and targets[t.id][1].chapter == chapter]
