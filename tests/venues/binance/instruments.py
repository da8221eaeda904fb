"""What trades on Binance, and under which rules."""

from tests.venues.binance.words import QUOTE, name_of, wanted
from tests.venues.news import Query
from tests.venues.text import bare, places
from tests.venues.venue import Venue
from tests.venues.world import Market

FOREVER = 4_133_404_800_000
LIMITS = [
    {"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": 2400},
    {"rateLimitType": "ORDERS", "interval": "MINUTE", "intervalNum": 1, "limit": 1200},
]
ORDERS = [
    "LIMIT",
    "MARKET",
    "STOP",
    "STOP_MARKET",
    "TAKE_PROFIT",
    "TAKE_PROFIT_MARKET",
    "TRAILING_STOP_MARKET",
]


def exchange_info(venue: Venue, query: Query) -> object:
    return {
        "timezone": "UTC",
        "serverTime": venue.told,
        "futuresType": "U_MARGINED",
        "rateLimits": LIMITS,
        "exchangeFilters": [],
        "assets": [{"asset": QUOTE, "marginAvailable": True, "autoAssetExchange": "-10000"}],
        "symbols": [listing(market) for market in venue.listed()],
    }


def listing(market: Market) -> dict[str, object]:
    name = name_of(market.base)
    return {
        "symbol": name,
        "pair": name,
        "contractType": market.contract_type,
        "deliveryDate": market.delisted or FOREVER,
        "onboardDate": market.onboarded,
        "status": "TRADING",
        "maintMarginPercent": "2.5000",
        "requiredMarginPercent": "5.0000",
        "baseAsset": market.base,
        "quoteAsset": QUOTE,
        "marginAsset": QUOTE,
        "pricePrecision": places(market.tick),
        "quantityPrecision": places(market.step),
        "baseAssetPrecision": 8,
        "quotePrecision": 8,
        "underlyingType": "COIN",
        "underlyingSubType": ["Layer-1"],
        "settlePlan": 0,
        "triggerProtect": "0.0500",
        "liquidationFee": "0.012500",
        "marketTakeBound": "0.05",
        "maxMoveOrderLimit": 10000,
        "filters": filters(market),
        "orderTypes": ORDERS,
        "timeInForce": ["GTC", "IOC", "FOK", "GTX", "GTD"],
        "permissionSets": ["GRID", "COPY"],
    }


def filters(market: Market) -> list[dict[str, object]]:
    tick, step = bare(market.tick), bare(market.step)
    sizes = {"minQty": step, "stepSize": step}
    return [
        {"filterType": "PRICE_FILTER", "minPrice": tick, "maxPrice": "4529764", "tickSize": tick},
        {"filterType": "LOT_SIZE", "maxQty": "1000000", **sizes},
        {"filterType": "MARKET_LOT_SIZE", "maxQty": "120000", **sizes},
        {"filterType": "MAX_NUM_ORDERS", "limit": 200},
        {"filterType": "MIN_NOTIONAL", "notional": bare(market.min_notional)},
        {
            "filterType": "PERCENT_PRICE",
            "multiplierUp": "1.0500",
            "multiplierDown": "0.9500",
            "multiplierDecimal": "4",
        },
        {"filterType": "POSITION_RISK_CONTROL", "positionControlSide": "NONE"},
    ]


def leverage_brackets(venue: Venue, query: Query) -> object:
    asked = [wanted(venue, query)] if "symbol" in query else venue.listed()
    return [
        {"symbol": name_of(m.base), "notionalCoef": 1.0, "brackets": brackets(m)} for m in asked
    ]


def brackets(market: Market) -> list[dict[str, object]]:
    """`cum` keeps the maintenance margin continuous where a bracket begins."""
    rows, cum, rate = [], 0.0, 0.0
    for number, tier in enumerate(market.tiers, start=1):
        cum += tier.floor * (float(tier.maintenance) - rate)
        rate = float(tier.maintenance)
        rows.append(
            {
                "bracket": number,
                "initialLeverage": tier.leverage,
                "notionalCap": tier.cap,
                "notionalFloor": tier.floor,
                "maintMarginRatio": rate,
                "cum": round(cum, 8),
            }
        )
    return rows
