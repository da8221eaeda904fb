"""Who is listened to: a small table of feeds, which people can replace by their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from core.domain.news import Publisher, Tier
from core.domain.people import Language

EN, KO = Language.EN, Language.KO
SEOUL = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Feed:
    publisher: Publisher
    address: str


def _primary(name: str, address: str, *, general: bool = True) -> Feed:
    return Feed(Publisher(name, Tier.PRIMARY, EN, general=general), address)


def _newsroom(name: str, address: str) -> Feed:
    return Feed(Publisher(name, Tier.NEWSROOM, EN), address)


def _korean(name: str, address: str, tier: Tier = Tier.NEWSROOM) -> Feed:
    """Koreans who leave out the zone mean their own."""
    general = tier is Tier.PRIMARY
    return Feed(Publisher(name, tier, KO, general=general, zone=SEOUL), address)


FEEDS = (
    _primary("SEC", "https://www.sec.gov/news/pressreleases.rss"),
    _primary("CFTC", "https://www.cftc.gov/RSS/RSSGP/rssgp.xml"),
    _primary(
        "Federal Reserve",
        "https://www.federalreserve.gov/feeds/press_monetary.xml",
        general=False,
    ),
    _primary("Kraken", "https://blog.kraken.com/feed", general=False),
    _primary("Coinbase status", "https://status.coinbase.com/history.atom", general=False),
    _korean("금융위원회", "https://www.fsc.go.kr/about/fsc_bbs_rss/?fid=0111", Tier.PRIMARY),
    _newsroom("CoinDesk", "https://www.coindesk.com/arc/outboundfeeds/rss/"),
    _newsroom("Cointelegraph", "https://cointelegraph.com/rss"),
    _newsroom("The Block", "https://www.theblock.co/rss.xml"),
    _newsroom("Decrypt", "https://decrypt.co/feed"),
    _newsroom("Blockworks", "https://blockworks.co/feed"),
    _newsroom("Bitcoin Magazine", "https://bitcoinmagazine.com/feed"),
    _korean("토큰포스트", "https://www.tokenpost.kr/rss"),
    _korean("블록미디어", "https://www.blockmedia.co.kr/feed"),
)


def feeds(addresses: Iterable[str]) -> tuple[Feed, ...]:
    """The table, or these instead; a stranger's feed speaks for the crowd."""
    known = {feed.address: feed for feed in FEEDS}
    chosen = dict.fromkeys(addresses)
    return tuple(known.get(each) or _stranger(each) for each in chosen) or FEEDS


def _stranger(address: str) -> Feed:
    host = (urlsplit(address).hostname or address).removeprefix("www.")
    return Feed(Publisher(host, Tier.CROWD), address)
