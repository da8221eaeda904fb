"""What handlers ask for by name, made for one account."""

from dataclasses import dataclass
from typing import Any

from bot.accounts.post import Post
from bot.accounts.posts import Posts
from bot.later import SoonTasks
from bot.market.clock import SystemClock
from bot.minds import Minds
from bot.runs.runner import BoundRunner
from bot.stores import short_id
from core.accounts import ReadAccounts
from core.alarm import PanicEverywhere
from core.backtest.asking import RunBacktests
from core.backtest.reading import ReadBacktests
from core.chart import ReadChart
from handlers.desk import Looking
from handlers.following import Bench

BACKTEST_ID = 8


@dataclass(frozen=True, slots=True)
class Hands:
    """Makes them; everything in here is the whole desk's."""

    minds: Minds
    later: SoonTasks
    runner: BoundRunner
    alarm: PanicEverywhere
    read_accounts: ReadAccounts

    def of(self, post: Post) -> dict[str, Any]:
        """Panic means every account, whichever one a person speaks of."""
        market = post.world.market
        own = {
            "account": post.account,
            "looking": self._looking(post),
            "bench": self._bench(post),
            "read_chart": ReadChart(market, market),
            "read_accounts": self.read_accounts,
            "panic_now": self.alarm,
        }
        minded = self.minds.hands(post.world, post.venue, post.engine)
        return post.engine.by_name() | minded | own

    def _looking(self, post: Post) -> Looking:
        engine = post.engine
        return Looking(
            engine.form_decisions,
            engine.propose_trades,
            engine.read_status,
            engine.read_card,
            engine.read_market,
            engine.change_settings,
            self.later,
        )

    def _bench(self, post: Post) -> Bench:
        world = post.world
        ledger, filed = world.stores.ledger, world.stores.backtests
        run = RunBacktests(
            post.name,
            world.market.first,
            world.clock,
            SystemClock(),
            ledger,
            post.venue.broker,
            filed,
            self.runner,
            lambda: short_id(BACKTEST_ID),
        )
        return Bench(run, ReadBacktests(post.name, filed, self.runner), self.later)


def alarm_of(posts: Posts) -> PanicEverywhere:
    """Where money is, it begins."""
    order = [account.name for account in posts.main.world.roster.by_urgency()]
    every = sorted(posts, key=lambda post: order.index(post.name))
    return PanicEverywhere(tuple(post.engine.panic_now for post in every))
