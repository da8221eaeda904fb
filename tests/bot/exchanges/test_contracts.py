"""What may be traded, in coins and steps; whatever is no linear perpetual is not for this desk."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from bot.exchanges.contracts import contract_size, contracts, delisting, is_ours, tiers_of
from bot.exchanges.opening import client_of
from bot.exchanges.venues import venue_named
from bot.market.instruments import KNOWN, cautious_tiers
from core.domain.instrument import MaintenanceTier
from core.domain.market import from_millis

DIGITS, TICKS = 2, 4
BINANCE, GATE, UPBIT = map(venue_named, ("binance", "gate", "upbit"))
PAYLOADS = Path(__file__).parents[4] / "shared" / "payloads"
OFFICIAL = PAYLOADS / "exchangeInfo_fapi_2025-03-06.json"
EXCERPT = PAYLOADS / "exchangeInfo_fapi_excerpt_2026-09-30.json"
TIERS = PAYLOADS / "binance_leverage_tiers_freqtrade_2024-10.json"
real = [
    pytest.mark.real,
    pytest.mark.skipif(not OFFICIAL.exists(), reason="no payloads beside the checkout"),
]


def market(symbol="NEW/USDT:USDT", **changes):
    """As ccxt tells a perpetual."""
    usual = {
        "symbol": symbol,
        "quote": "USDT",
        "active": True,
        "swap": True,
        "linear": True,
        "contractSize": 1,
        "precision": {"amount": 0.001, "price": 0.1},
        "limits": {"cost": {"min": 100}, "leverage": {"max": 50}},
        "maker": 0.0002,
        "taker": 0.0005,
        "info": {"contractType": "PERPETUAL"},
    }
    return usual | changes


def only(told, venue=BINANCE, mode=TICKS):
    (contract,) = contracts({told["symbol"]: told}, venue, mode).values()
    return contract


@pytest.mark.parametrize(
    "changes",
    [
        {"active": False},
        {"quote": "BTC"},
        {"linear": False},
        {"swap": False},
        {"info": {"contractType": "TRADIFI_PERPETUAL"}},
        {"info": {"contractType": "CURRENT_QUARTER"}},
        {"info": {"contractType": "LinearFutures"}},
    ],
    ids=str,
)
def test_what_is_no_linear_perpetual_in_dollars_is_refused(changes):
    assert is_ours(market(), BINANCE)
    assert not is_ours(market(**changes), BINANCE)


def test_a_market_that_says_nothing_of_its_kind_is_taken_by_ccxts_word():
    assert is_ours(market(info=None), GATE)
    assert is_ours({"quote": "KRW", "spot": True}, UPBIT)
    assert not is_ours({"quote": "KRW", "spot": False}, UPBIT)


def test_a_contract_of_a_thousand_coins_is_counted_in_coins():
    thousands = market(contractSize=1000, precision={"amount": 1, "price": 0.00001})
    assert only(thousands).step_size == 1000
    assert contract_size(thousands) == 1000.0
    tiny = market(contractSize=0.0001, precision={"amount": 1, "price": 0.1})
    assert only(tiny, GATE).step_size == Decimal("0.0001")
    assert contract_size(market(contractSize=None)) == 1.0


@pytest.mark.parametrize(
    ("mode", "told", "step"),
    [(TICKS, 0.5, "0.5"), (DIGITS, 3, "0.001"), (TICKS, None, "1E-8"), (TICKS, 0, "1E-8")],
)
def test_steps_are_told_as_ticks_or_digits(mode, told, step):
    assert only(market(precision={"price": told, "amount": 1}), mode=mode).tick_size == Decimal(
        step
    )


def test_what_a_venue_leaves_out_is_taken_cautiously():
    bare = only(market(limits=None, maker=None, taker="much"))
    assert (bare.min_notional, bare.max_leverage) == (5, 20)
    assert (bare.maker_fee, bare.taker_fee) == (Decimal("0.0002"), Decimal("0.0005"))
    assert bare.tiers == cautious_tiers()
    assert only(market("BTC/USDT:USDT")).tiers == KNOWN["BTC/USDT:USDT"].tiers


def test_what_is_bought_outright_has_no_leverage():
    won = {**market("BTC/KRW", quote="KRW", spot=True), "limits": None}
    assert only(won, UPBIT).max_leverage == 1


def test_tiers_hold_the_margin_together_at_every_floor():
    rows = [
        {"minNotional": 50_000, "maintenanceMarginRate": 0.005, "maxLeverage": 100},
        {"minNotional": 0, "maintenanceMarginRate": 0.004, "maxLeverage": 125},
        {"minNotional": 600_000, "maintenanceMarginRate": 0.01, "maxLeverage": 50},
    ]
    assert tiers_of(rows) == (
        MaintenanceTier(Decimal(0), Decimal("0.004"), Decimal(0), 125),
        MaintenanceTier(Decimal(50_000), Decimal("0.005"), Decimal(50), 100),
        MaintenanceTier(Decimal(600_000), Decimal("0.01"), Decimal(3_050), 50),
    )


@pytest.mark.parametrize("name", ["deliveryDate", "deliveryTime", "expTime", "offTime"])
def test_an_end_is_read_wherever_a_venue_writes_it(name):
    end = 1_767_600_000_000
    assert delisting({"info": {name: str(end)}}) == from_millis(end)
    assert only(market(info={"contractType": "PERPETUAL", name: end})).ends == from_millis(end)


@pytest.mark.parametrize("told", ["", "0", "never", "4133404800000", None])
def test_a_far_date_means_never(told):
    assert delisting({"info": {"deliveryDate": told}}) is None


def parsed(path):
    """The official answer, as ccxt reads it."""
    client = client_of(BINANCE)
    rows = json.loads(path.read_bytes())["symbols"]
    return {row["symbol"]: row for row in client.parse_markets(rows)}, client.precisionMode


class TestReal:
    pytestmark = real

    def test_the_official_list_keeps_perpetuals_that_trade_and_nothing_else(self):
        markets, mode = parsed(OFFICIAL)
        ours = contracts(markets, BINANCE, mode)
        assert len(ours) == 370 + 32
        assert {one.quote for one in ours.values()} == {"USDT", "USDC"}
        bitcoin = ours["BTC/USDT:USDT"]
        assert (bitcoin.tick_size, bitcoin.step_size) == (Decimal("0.1"), Decimal("0.001"))
        assert (bitcoin.min_notional, bitcoin.ends) == (100, None)

    def test_gold_is_no_coin(self):
        markets, mode = parsed(EXCERPT)
        ours = contracts(markets, BINANCE, mode)
        assert list(ours) == ["BTC/USDT:USDT", "ETH/USDT:USDT"]
        assert ours["BTC/USDT:USDT"].min_notional == 50

    def test_deductions_are_the_venues_own(self):
        for symbol, rows in json.loads(TIERS.read_bytes()).items():
            told = [Decimal(row["info"]["cum"]) for row in rows]
            assert [tier.deduction for tier in tiers_of(rows)] == told, symbol
