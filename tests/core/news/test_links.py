"""One page has one spelling, and no reader is sent where a headline has no business."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.news.links import canonical, link_key

PAGE = "https://cointelegraph.com/news/solana"


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}?utm_source=rss_feed&utm_medium=rss&utm_campaign=rss_partner_inbound",
        f"{PAGE}/#comments",
        f" {PAGE}?fbclid=1&ref=home ",
        "https://COINTELEGRAPH.com:443/news/solana",
        "HTTPS://cointelegraph.com/news/solana/",
    ],
)
def test_what_only_tracks_the_reader_is_dropped(address):
    assert canonical(address) == PAGE


def test_what_names_the_page_stays_and_is_put_in_order():
    assert canonical("https://a.kr/v?no=7&b=1&utm_id=3") == "https://a.kr/v?b=1&no=7"
    assert canonical("https://a.kr/뉴스 1") == "https://a.kr/%EB%89%B4%EC%8A%A4%201"
    assert canonical("https://a.kr:8443/x") == "https://a.kr:8443/x"


@pytest.mark.parametrize(
    "address",
    [
        *("", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a.b/c"),
        *("https://", "//a.b/c", "https://coindesk.com@evil.example/", "https://a b/c"),
        *("https://a.b/\ud800", "https://a.b/?q=\ud800", "https://a.b/?" + "a&" * 60 + "b"),
        "https://a.b/?" + "&".join(f"a{n}=1" for n in range(51)),
        *("https://[::1/x", "https://a.b:99999/", "https://a.b/" + "x" * 500),
    ],
)
def test_some_addresses_are_none(address):
    assert canonical(address) == ""


def test_secure_or_not_and_with_www_or_without_it_is_the_same_page():
    assert link_key("http://www.a.b/c") == link_key("https://a.b/c") == "a.b/c"


@given(st.text(max_size=60))
def test_whatever_comes_the_spelling_is_final_and_plain(text):
    for address in (text, f"https://{text}", f"https://a.b/{text}"):
        spelled = canonical(address)
        assert canonical(spelled) == spelled
        assert spelled.isascii()
        assert not set(spelled) & set('<>"\n ')
