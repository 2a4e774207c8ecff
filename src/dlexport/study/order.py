"""Prerequisites as a graph: circles in it, and an order that has none the wrong way round."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from dlexport.model import Question


def circles(questions: Sequence[Question]) -> list[list[Question]]:
    """Circles of questions of which each requires the next and the last the first.

    Every circle shares a step with one that is returned: without the first step of
    each of these, none is left. A circle begins with its question that stands first.
    """
    position = {question.id: i for i, question in enumerate(questions)}
    graph = {q.id: [i for i in dict.fromkeys(q.requires) if i in position] for q in questions}
    found = []
    while circle := _circle(graph):
        first = circle.index(min(circle, key=position.__getitem__))
        circle = circle[first:] + circle[:first]
        graph[circle[0]].remove(circle[1 % len(circle)])
        found.append([questions[position[id]] for id in circle])
    return found


def _circle(graph: Mapping[str, Sequence[str]]) -> list[str]:
    """The ids of one circle, each requiring the next; empty where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # "Each node is an immediate predecessor of the next", and the first closes the list.
        return list(reversed(error.args[1][1:]))
    return []


def in_order(questions: Iterable[Question], key: Callable[[Question], Any]) -> list[Question]:
    """Questions by a key, but each after those of them that it requires.

    Where the requirements go in a circle, what is in it comes last, by the key.
    """
    left = {question.id: question for question in questions}
    waiting = {q.id: {i for i in q.requires if i in left and i != q.id} for q in left.values()}
    dependants: dict[str, list[str]] = {id: [] for id in left}
    for id, needed in waiting.items():
        for other in needed:
            dependants[other].append(id)
    ready = [(key(left[id]), id) for id, needed in waiting.items() if not needed]
    heapq.heapify(ready)
    result = []
    while ready:
        question = left.pop(heapq.heappop(ready)[1])
        result.append(question)
        for id in dependants[question.id]:
            waiting[id].remove(question.id)
            if not waiting[id]:
                heapq.heappush(ready, (key(left[id]), id))
    return result + sorted(left.values(), key=key)
