"""Only computers that are open to everybody are asked, however their address is written."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.errors import Failed, Refused
from bot.news.guard import Guard, checked, is_public, look_up

INSIDE = (
    *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254"),
    *("100.64.0.1", "100.100.100.200", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1"),
    *("192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.1", "168.63.129.16"),
    *("::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::"),
    *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b:1::1", "192.88.99.1"),
)


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"],
)
def test_what_is_open_to_everybody_is_public(address):
    assert is_public(ip_address(address))


@given(st.integers(0, 2**32 - 1))
def test_an_inner_address_counts_as_itself(number):
    inner = ip_address(number)
    for prefix in ("::ffff:", "64:ff9b::"):
        assert is_public(ip_address(f"{prefix}{inner}")) is is_public(inner)


@pytest.mark.parametrize("address", INSIDE)
async def test_a_literal_inside_is_refused(address):
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(Refused, match="not a public address"):
        await Guard().addresses(checked(f"https://{host}/"))


@pytest.mark.parametrize(
    "address",
    [
        *("https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/"),
        *("https://0x7f.1/", "https://127.0.0.1./x", "https://127.0.0.0x1/", "https://1.1.1.1.1/"),
        *("https://a@127.0.0.1/", "https://news.example:x@127.0.0.1/", "https://@127.0.0.1/"),
        *(
            "https://news.example\\@127.0.0.1/",
            "https://news.example /",
            "https://\tx/",
            " https://x/",
        ),
        *("https://[fe80::1%25eth0]/", "https:///path", "https://", "https:news.example", ""),
        *("ftp://news.example/", "javascript:alert(1)", "data:,x", "https://x:99999/"),
        *("https://１２７.0.0.1/", "https://①②⑦.0.0.1/", "https://127。0。0。1/"),
    ],
)
async def test_disguises_are_refused(address):
    with pytest.raises(Refused):
        await Guard().addresses(checked(address))


async def test_a_name_that_nobody_has_is_a_failure():
    async def nobody(_host, _port):
        return []

    with pytest.raises(Failed, match=r"no computer is called 'news\.example'"):
        await Guard(nobody).addresses(checked("https://news.example/"))
    with pytest.raises(Failed, match="no computer is called"):
        await look_up("nobody.invalid", 443)


async def test_an_answer_that_is_no_address_is_refused():
    async def odd(_host, _port):
        return ["news.example"]

    with pytest.raises(Refused):
        await Guard(odd).addresses(checked("https://news.example/"))


async def test_the_machine_knows_its_own_name():
    with pytest.raises(Refused, match="not a public address"):
        await Guard().addresses(checked("https://localhost/"))
