"""Who stands behind a fact? Sites as the provider names them, never as a model's text does."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from core.news.links import canonical

AUTHORITIES = (
    "sec.gov",
    "cftc.gov",
    "federalreserve.gov",
    "treasury.gov",
    "justice.gov",
    "whitehouse.gov",
    "fsc.go.kr",
    "fss.or.kr",
    "bok.or.kr",
    "ecb.europa.eu",
    "esma.europa.eu",
    "fca.org.uk",
    "bis.org",
)
VENUES = (
    "blog.kraken.com",
    "status.kraken.com",
    "status.coinbase.com",
    "announcements.bybit.com",
)
SECOND_LEVELS = frozenset(
    [
        "ac",
        "co",
        "com",
        "edu",
        "ed",
        "gen",
        "go",
        "gob",
        "gov",
        "gouv",
        "mil",
        "ne",
        "net",
        "nic",
        "or",
        "org",
        "pe",
        "re",
    ],
)


def host_of(url: str) -> str:
    """Empty for what no reader should be sent to."""
    return (urlsplit(canonical(url)).hostname or "").removeprefix("www.")


def domain_of(host: str) -> str:
    """What somebody can register: two labels, or three beneath co.uk and its like. Two pages of one
    platform count as one.
    """
    labels = host.split(".")
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVELS
    return ".".join(labels[-3:] if deep else labels[-2:])


def is_primary(host: str) -> bool:
    """An authority's site, or the page where a venue itself speaks (and nobody else can write)."""
    return host in VENUES or any(host == a or host.endswith(f".{a}") for a in AUTHORITIES)


def are_credible(hosts: Iterable[str]) -> bool:
    """Two independent sites, or one that is near to what it speaks of."""
    named = [host for host in hosts if host]
    return any(map(is_primary, named)) or len({domain_of(host) for host in named}) > 1
