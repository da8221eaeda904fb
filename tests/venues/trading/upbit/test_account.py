"""An untouched ccxt reads the account on the fake Upbit; strangers read nothing."""

import ccxt
import pytest

from tests.venues.trading.upbit.signing import Keys

BTC = "BTC/KRW"


async def spend(client, won=1_000_000):
    return await client.create_order(BTC, "market", "buy", None, None, {"cost": won})


async def test_a_position_is_a_balance(client):
    assert (await client.fetch_balance())["KRW"] == {
        "free": 100_000_000,
        "used": 0,
        "total": 100_000_000,
    }
    await spend(client)
    told = await client.fetch_balance()
    assert (told["BTC"]["total"], told["info"][1]["avg_buy_price"]) == (0.01428551, "70001000")


async def test_what_orders_bind_is_locked(client):
    await client.create_order(BTC, "limit", "buy", 0.01, 60_000_000)
    won = (await client.fetch_balance())["KRW"]
    assert (won["used"], won["free"]) == (600_300, 99_399_700)
    await spend(client)
    await client.create_order(BTC, "limit", "sell", 0.01, 80_000_000)
    coins = (await client.fetch_balance())["BTC"]
    assert (coins["used"], coins["free"]) == (0.01, 0.00428551)


async def test_the_fee_and_the_least_order_are_told(client):
    fee = await client.fetch_trading_fee(BTC)
    assert (fee["maker"], fee["taker"]) == (0.0005, 0.0005)
    assert fee["info"]["market"]["bid"]["min_total"] == "5000"


async def test_of_a_key_only_its_end_can_be_read(client, floor):
    (told,) = await client.privateGetApiKeys()
    assert told == {"access_key": floor.keys.key, "expire_at": "2027-01-01T21:00:00+09:00"}


async def test_a_public_door_stays_open_to_all(client):
    client.apiKey = "somebody"
    assert (await client.fetch_ticker(BTC))["last"] == 70_000_000


SPOILT = [
    ({"apiKey": "somebody"}, "invalid_access_key"),
    ({"secret": "guessed"}, "jwt_verification"),
]


@pytest.mark.parametrize(("spoil", "name"), SPOILT, ids=[name for _, name in SPOILT])
async def test_a_stranger_gets_nothing(client, spoil, name):
    for key, value in spoil.items():
        setattr(client, key, value)
    with pytest.raises(ccxt.AuthenticationError, match=name):
        await client.fetch_balance()


@pytest.mark.parametrize("path", ["order?identifier=a", "accounts?x=1"])
async def test_a_token_is_for_what_was_asked_and_for_nothing_else(client, venues, path):
    """ccxt's own token for another question."""
    signed = client.sign("order", ["private"], "GET", {"identifier": "b"})
    async with (
        venues.session() as session,
        session.get(f"https://api.upbit.com/v1/{path}", headers=signed["headers"]) as answer,
    ):
        told = await answer.json()
    assert (answer.status, told["error"]["name"]) == (401, "invalid_query_payload")


async def test_a_token_serves_once(client, venues):
    signed = client.sign("accounts", ["private"], "GET", {})
    told = []
    async with venues.session() as session:
        for _ in range(2):
            async with session.get(signed["url"], headers=signed["headers"]) as answer:
                told.append(answer.status)
    assert told == [200, 401]


@pytest.mark.parametrize(
    "header", ["", "Bearer a.b", "Basic a.b.c", "Bearer a.b.c", "Bearer e30.MQ.e30"]
)
async def test_what_is_no_token_opens_nothing(venues, floor, header):
    async with (
        venues.session() as session,
        session.get(
            "https://api.upbit.com/v1/accounts", headers={"Authorization": header}
        ) as answer,
    ):
        assert (await answer.json())["error"]["name"] == "jwt_verification"


async def test_a_key_that_may_not_trade_reads_only(client, floor):
    floor.keys = Keys(trades=False)
    await client.fetch_balance()
    with pytest.raises(ccxt.PermissionDenied, match="out_of_scope"):
        await spend(client)
    floor.keys = Keys(reads=False)
    with pytest.raises(ccxt.PermissionDenied, match="out_of_scope"):
        await client.fetch_balance()


@pytest.mark.parametrize(
    ("keys", "name"),
    [(Keys(ends=0), "expired_access_key"), (Keys(welcome=False), "no_authorization_i_p")],
)
async def test_a_key_ends_and_is_bound_to_addresses(client, floor, keys, name):
    floor.keys = keys
    with pytest.raises(ccxt.ExchangeError, match=name):
        await client.fetch_balance()


async def test_a_clock_that_is_wrong_does_not_matter(client, venues):
    client.milliseconds = lambda: venues.world.now - 600_000
    await client.fetch_balance()
