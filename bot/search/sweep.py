"""A list of attempts made by however many hands there are, answered in the order of the list."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bot.search.attempt import Job
from bot.search.farm import Farm, Lost
from bot.search.storage import RETRIES, StudyError
from core.backtest.objectives import Metrics


def sweep(
    farm: Farm, jobs: Sequence[Job], heard: Callable[[int, int], None]
) -> tuple[Metrics | None, ...]:
    """What each whole stretch brought; None for what an interrupt (Ctrl-C) left undone.

    Raises StudyError for a job on which worker after worker dies.
    """
    answers: dict[int, Metrics] = {}
    try:
        for key, metrics in _answers(farm, jobs):
            answers[key] = metrics
            heard(len(answers), len(jobs))
    except KeyboardInterrupt:
        farm.forget()
    return tuple(answers.get(key) for key in range(len(jobs)))


def _answers(farm: Farm, jobs: Sequence[Job]) -> Iterator[tuple[int, Metrics]]:
    waiting = list(range(len(jobs)))[::-1]
    losses: Counter[int] = Counter()
    running = 0
    while waiting or running:
        while waiting and farm.room:
            key = waiting.pop()
            farm.begin(key, jobs[key])
            running += 1
        for key, event in farm.events():
            if isinstance(event, Lost):
                losses[key] += 1
                _must_go_on(losses[key])
                waiting.append(key)
                running -= 1
            elif event.last:
                running -= 1
                yield key, event.metrics
            else:
                farm.go_on(key)


def _must_go_on(losses: int) -> None:
    if losses > RETRIES:
        raise StudyError(f"{losses} workers died over one attempt: is there enough memory?")
