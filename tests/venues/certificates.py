"""A certificate authority of the test's own, so that the fake venues may use the real names."""

import ssl
from collections.abc import Sequence
from functools import cache

import trustme


@cache
def authority() -> trustme.CA:
    return trustme.CA()


@cache
def stranger() -> trustme.CA:
    """An authority that nobody trusts."""
    return trustme.CA()


def server_context(hosts: Sequence[str], issuer: trustme.CA | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (issuer or authority()).issue_cert(*hosts).configure_cert(context)
    return context


@cache
def client_context() -> ssl.SSLContext:
    """Trusts the test's authority and nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority().configure_trust(context)
    return context
