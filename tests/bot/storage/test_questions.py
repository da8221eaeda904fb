"""What the desk asks at every step is found through an index, however long its history grows."""

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.pool import StaticPool

from bot.storage import backtests, buttons, cards, history, inbox, notes, outbox, paper
from bot.storage.engines import tune
from bot.storage.tables import metadata
from core.domain.intent import IntentStatus
from core.domain.proposal import ProposalStatus
from core.domain.trade import Kind
from tests.builders import ACCOUNT, NOON, button

OPEN = (None, None)
TODAY = (NOON, None)


@pytest.fixture(scope="module")
def connection():
    engine = create_engine("sqlite://", poolclass=StaticPool)
    tune(engine)
    with engine.begin() as connection:
        metadata.create_all(connection)
        yield connection
    engine.dispose()


def plans(connection, question, *asked):
    """What SQLite does for each statement of a question."""
    statements = []

    def keep(_connection, _cursor, statement, parameters, *_):
        statements.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", keep)
    question(connection, *asked)
    event.remove(connection, "before_cursor_execute", keep)
    return [
        row.detail
        for statement, parameters in statements
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]


QUESTIONS = [
    (history.count_looks, (TODAY,)),
    (history.read_proposals, (ACCOUNT, OPEN, None)),
    (history.read_proposals, (ACCOUNT, OPEN, ProposalStatus.PENDING)),
    (history.read_live_trades, (ACCOUNT, Kind.REAL)),
    (history.read_closed_trades, (ACCOUNT, TODAY, Kind.SHADOW)),
    (history.read_intents, (ACCOUNT, list(IntentStatus))),
    (history.read_trade_intents, ("k7q2e",)),
    (history.read_cursor, (ACCOUNT,)),
    (history.read_booked, (ACCOUNT, TODAY)),
    (history.read_equity_marks, (ACCOUNT, TODAY)),
    (history.read_equity_before, (ACCOUNT, NOON)),
    (outbox.read_due, (NOON, 10)),
    (outbox.count_waiting, ()),
    (cards.find_card, (42, "proposal", "k7q2e")),
    (cards.read_cards, ("proposal",)),
    (inbox.read_unfinished, ()),
    (notes.read_note, ("clock",)),
    (paper.load_state, (ACCOUNT,)),
    (paper.read_activity, (ACCOUNT, 7)),
    (paper.read_closed_order, (ACCOUNT, "k7q2estop")),
    (backtests.read_page, (ACCOUNT, 5, 5)),
    (backtests.count_filed, (ACCOUNT,)),
    (backtests.tell, (ACCOUNT,)),
    (backtests.prune, (ACCOUNT, 200)),
    (buttons.issue, ([button(), button(verb="close")], iter("ab").__next__)),
]


@pytest.mark.parametrize(
    ("question", "asked"),
    QUESTIONS,
    ids=[f"{each[0].__name__} {number}" for number, each in enumerate(QUESTIONS)],
)
def test_a_question_of_every_step_reads_no_table_from_end_to_end(connection, question, asked):
    assert [plan for plan in plans(connection, question, *asked) if plan.startswith("SCAN")] == []


def test_looks_are_counted_in_the_index_alone(connection):
    (plan,) = plans(connection, history.count_looks, TODAY)

    assert "COVERING INDEX" in plan


def test_what_is_due_comes_out_of_the_index_in_its_order(connection):
    plan = plans(connection, outbox.read_due, NOON, 10)

    assert not any("TEMP B-TREE" in line for line in plan)
