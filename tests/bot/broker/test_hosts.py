"""Orders go through the door they were meant for, or nowhere."""

import ccxt.pro
import pytest

from bot.broker.hosts import DOORS, doors_of, must_stand_at
from bot.broker.opening import open_wire
from bot.errors import WrongSetting
from bot.exchanges.venues import VENUES
from bot.vault.wanted import VENUES as WITH_KEYS
from core.domain.account import Mode
from core.domain.secret import Credential, Secret


def credential(venue):
    fields = {field.value: Secret(f"{field.value}-0123456789") for field in WITH_KEYS[venue]}
    return Credential("main", venue, fields)


PLACES = [(venue, mode) for venue in DOORS for mode in (Mode.LIVE, Mode.DEMO)]
PLACES.remove(("upbit", Mode.DEMO))


@pytest.mark.parametrize(("venue", "mode"), PLACES)
async def test_every_venue_opens_at_the_door_of_its_mode_and_says_nothing(venue, mode):
    wire = await open_wire(VENUES[venue], mode, credential(venue))
    try:
        other = Mode.DEMO if mode is Mode.LIVE else Mode.LIVE
        if venue != "upbit":
            with pytest.raises(WrongSetting):
                must_stand_at(wire.client, VENUES[venue], other)
        assert wire.client.options["maxRetriesOnFailure"] == 0
        assert wire.client.options["recvWindow"] == 3_000
        assert wire.client.session is None or not wire.client.session.connector._conns
    finally:
        await wire.client.close()


@pytest.mark.parametrize(("venue", "mode"), PLACES)
async def test_a_client_that_was_led_elsewhere_is_not_spoken_to(venue, mode):
    wrong = "https://api.example.com"

    def adjust(client):
        client.hostname = "api.example.com"
        apis = client.urls["api"]
        client.urls["api"] = dict.fromkeys(apis, wrong) if isinstance(apis, dict) else wrong

    with pytest.raises(WrongSetting, match=r"must speak to .*, not api\.example\.com"):
        await open_wire(VENUES[venue], mode, credential(venue), adjust)


@pytest.mark.parametrize("venue", ["okx", "bitget"])
async def test_where_the_house_is_the_same_the_mark_decides(venue):
    def forget(client):
        client.headers = {}
        client.options["sandboxMode"] = False

    with pytest.raises(WrongSetting):
        await open_wire(VENUES[venue], Mode.DEMO, credential(venue), forget)

    def mark(client):
        client.set_sandbox_mode(True)

    with pytest.raises(WrongSetting, match="not"):
        await open_wire(VENUES[venue], Mode.LIVE, credential(venue), mark)


def test_some_doors_do_not_exist():
    with pytest.raises(WrongSetting, match="Upbit has no demo"):
        doors_of(VENUES["upbit"], Mode.DEMO)
    with pytest.raises(WrongSetting, match="no orders go to Gate"):
        doors_of(VENUES["gate"], Mode.LIVE)
    with pytest.raises(WrongSetting, match="paper"):
        doors_of(VENUES["binance"], Mode.PAPER)


def test_every_venue_that_takes_keys_has_doors_and_ccxt_knows_it():
    assert sorted(DOORS) == sorted(WITH_KEYS)
    for name in DOORS:
        assert hasattr(ccxt.pro, VENUES[name].ccxt)
