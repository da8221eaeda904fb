"""What may be spent follows the account's last mark, the won and the owner."""

from decimal import Decimal

from core.domain.ledger import EquityMark
from core.spending.allowance import TakeBudget, TakeCaps
from core.spending.caps import Bound, Caps, Wish
from core.spending.ladder import Rung, Spent
from tests.builders import ACCOUNT, NOON
from tests.fakes import FakeClock, FakeWon, MemoryLedger
from tests.model_fakes import FakeAllowance, FakeTell, FakeWishes, MemoryPurse, call


def take(ledger=None, won=None, wish=None):
    wishes = FakeWishes(wish or Wish())
    return TakeCaps(ACCOUNT, ledger or MemoryLedger(), won or FakeWon(), wishes, FakeClock())


async def test_equity_is_the_last_mark():
    ledger = MemoryLedger()
    for equity in (9_000, 10_000):
        await ledger.commit(EquityMark(ACCOUNT, NOON, Decimal(equity), Decimal(equity)))
    caps = await take(ledger)()
    assert (caps.month, caps.by) == (Decimal(25), Bound.EQUITY)


async def test_a_dear_dollar_lowers_the_cap():
    assert (await take(won=FakeWon(1_600))()).by is Bound.WON


async def test_what_is_unknown_does_not_bind():
    caps = await take(won=FakeWon(None))()
    assert (caps.month, caps.by) == (Decimal(100), Bound.CEILING)


async def test_the_owner_s_wish_goes_first():
    assert (await take(wish=Wish(month=Decimal(45)))()).month == Decimal(45)


async def test_a_budget_is_what_was_spent_of_the_caps():
    purse, tell = MemoryPurse(), FakeTell()
    allowance = FakeAllowance(Caps(month=Decimal(10), day=Decimal(1)))
    budget = TakeBudget(purse, allowance, tell, FakeClock())
    assert (await budget()).rung is Rung.FULL
    assert tell.bitten == []
    purse.made["c1"] = call(reserved=Decimal("0.9"))
    found = await budget()
    assert found.spent == Spent(Decimal("0.9"), Decimal("0.9"))
    assert tell.bitten == [found]


async def test_an_owner_who_allows_nothing_is_not_told_so_every_day():
    tell = FakeTell()
    nothing = FakeAllowance(Caps(month=Decimal(0), day=Decimal(0), by=Bound.OWNER))
    assert (await TakeBudget(MemoryPurse(), nothing, tell, FakeClock())()).rung is Rung.RULES
    assert tell.bitten == []
