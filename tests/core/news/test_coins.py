"""A headline speaks of a coin when it names it, and not when a word merely looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.news.coins import coin_named, coin_of, coins_in, is_about_coins
from core.news.names import COINS, ORDINARY


@pytest.mark.parametrize(
    ("title", "coins"),
    [
        ("Solana validators approve proposal to accelerate SOL disinflation", "SOL"),
        ("Bitcoin nears all-time high", "BTC"),
        ("Ether and XRP slide", "ETH XRP"),
        ("Bitcoin's week", "BTC"),
        ("Bitcoin Cash forks", "BCH"),
        ("Ethereum Classic climbs", "ETC"),
        ("BTC/USDT and ETH-PERP", "BTC ETH"),
        ("$NEAR, (OP) and LINK/USDT listed", "LINK NEAR OP"),
        ("NEAR Protocol ships sharding", "NEAR"),
        ("SEC Drops Uniswap Case—UNI Token Soars!", "UNI"),
        ("비트코인이 급락, 이더리움은 버텨", "BTC ETH"),
        ("비트코인캐시 상장", "BCH"),
        ("이더리움 클래식 하드포크", "ETC"),
        ("BTC는 오르고 $DOGE도", "BTC DOGE"),
        ("리플의 소송", "XRP"),
    ],
)
def test_a_coin_that_is_named_is_found(title, coins):
    assert " ".join(coins_in(title)) == coins


@pytest.mark.parametrize(
    "title",
    [
        *("Fed is near a decision", "CRYPTO WINTER IS NEAR", "Near-term risks grow"),
        *("One link in the chain", "The dot-com crash", "OP-ED: what now", "Render unto Caesar"),
        *("Avalanche of liquidations", "Optimism returns to markets", "A stellar quarter"),
        *("Ripple effects of the tariff", "ETH Zurich opens a lab", "Sol Campbell buys a club"),
        *("Lowe’s Beats Expectations with $1.1B", "Consolation", "ADA compliance", "BTCUSDTX"),
        *(
            "트리플 위칭데이",
            "리플레이 영상",
            "규제 샌드박스 연장",
            "수이트룸",
            "Solanaceae",
            "solar",
        ),
    ],
)
def test_ordinary_words_are_no_coins(title):
    assert coins_in(title) == ()


@pytest.mark.parametrize("ticker", sorted(COINS))
def test_every_coin_is_found_by_its_cashtag_and_its_names(ticker):
    assert coins_in(f"${ticker} moves") == (ticker,)
    for name in COINS[ticker]:
        assert coins_in(f"Today {name} moves") == (ticker,)


def test_plain_tickers_are_no_words_and_ordinary_ones_are_in_the_table():
    assert COINS.keys() >= ORDINARY
    names = [name.casefold() for known in COINS.values() for name in known]
    assert len(names) == len(set(names))


@given(st.text(alphabet=st.characters(categories=("Ll", "Zs")), max_size=80))
def test_small_letters_never_make_a_ticker(text):
    found = {name for ticker in coins_in(text) for name in COINS[ticker]}
    assert all(any(name.casefold() in text.casefold() for name in found) for _ in found)


@pytest.mark.parametrize(
    ("symbol", "coin"),
    [
        ("BTC/USDT:USDT", "BTC"),
        ("1000PEPE/USDT:USDT", "PEPE"),
        ("kPEPE/USDC:USDC", "PEPE"),
        ("ETH", "ETH"),
    ],
)
def test_a_symbol_speaks_of_its_coin(symbol, coin):
    assert coin_of(symbol) == coin


@pytest.mark.parametrize(
    ("typed", "coin"),
    [
        *(("btc", "BTC"), ("BTCUSDT", "BTC"), ("btc/usdt", "BTC"), ("eth-usdt", "ETH")),
        *(("Bitcoin", "BTC"), ("비트코인", "BTC"), ("bitcoin cash", "BCH"), ("near", "NEAR")),
        *(("nonsense", None), ("", None), ("USDT", None)),
    ],
)
def test_people_name_coins_in_many_ways(typed, coin):
    assert coin_named(typed) == coin


def test_who_writes_about_everything_is_heard_about_coins_only():
    assert is_about_coins("SEC charges issuer of digital asset securities")
    assert is_about_coins("가상자산 이용자 보호")
    assert not is_about_coins("SEC names new chief of staff")
