"""Which sites stand behind a fact."""

import pytest

from core.prompt.sources import are_credible, domain_of, host_of, is_primary


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.coindesk.com/markets/a?utm_source=x", "coindesk.com"),
        ("https://news.example.co.uk/a", "news.example.co.uk"),
        ("javascript:alert(1)", ""),
        ("https://user:pass@coindesk.com/", ""),
        ("https://cоindesk.com/", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_a_host_is_read_off_an_address_that_may_be_visited(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("coindesk.com", "coindesk.com"),
        ("markets.coindesk.com", "coindesk.com"),
        ("a.medium.com", "medium.com"),
        ("news.example.co.uk", "example.co.uk"),
        ("www.fsc.go.kr", "fsc.go.kr"),
        ("go.kr", "go.kr"),
        ("localhost", "localhost"),
    ],
)
def test_a_domain_is_what_somebody_can_register(host, domain):
    assert domain_of(host) == domain


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        ("sec.gov", True),
        ("www.sec.gov", True),
        ("sec.gov.example.com", False),
        ("notsec.gov", False),
        ("blog.kraken.com", True),
        ("kraken.com", False),
        ("fsc.go.kr", True),
    ],
)
def test_an_authority_is_known_by_its_whole_name(host, is_one):
    assert is_primary(host) is is_one


@pytest.mark.parametrize(
    ("hosts", "is_credible"),
    [
        ([], False),
        (["coindesk.com"], False),
        (["a.coindesk.com", "b.coindesk.com"], False),
        (["coindesk.com", "decrypt.co"], True),
        (["coindesk.com", ""], False),
        (["sec.gov"], True),
    ],
)
def test_two_who_are_independent_or_one_who_must_know(hosts, is_credible):
    assert are_credible(hosts) is is_credible
