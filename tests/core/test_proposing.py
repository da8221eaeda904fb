"""A round of cards: one look at the account for all of them, and what each adds counts at once."""

from core.standing import OneLook
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"


async def test_one_look_is_taken_once_and_counts_the_cards_that_it_led_to(desk):
    look = OneLook(desk.stand)
    first = await look()
    card = await desk.card()
    look.add(card)
    desk.line.silent.add("account")
    seen = await look()
    assert (seen.waiting, seen.proposals_today) == ({card.plan.symbol}, first.proposals_today + 1)
    desk.line.silent.clear()
    anew = await desk.stand()
    assert (anew.waiting, anew.proposals_today) == (seen.waiting, seen.proposals_today)


async def test_a_round_of_cards_reads_the_account_twice_whatever_their_number(desk):
    asked = []
    tell = desk.line.shows
    desk.line.shows = lambda account: asked.append(account) or tell(account)
    await desk.propose([await desk.decided(symbol) for symbol in (BTC, ETH)])
    assert len(asked) == 2
