"""Who may use the person's side: this computer's own pages, and nobody through a browser."""

import ipaddress

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
WILDCARDS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104  (recognised, not bound)
FRIENDLY_SITES = ("same-origin", "none")
#: Nothing but our own files may be loaded, and no page may frame us.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def guard(listening: str) -> Middleware:
    """Refuse foreign hosts (DNS rebinding), foreign pages and bodies that are not JSON."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(("/bot", "/file/bot")):
            return await handler(request)
        problem = _problem(request, listening)
        if problem is not None:
            return web.json_response({"error": problem}, status=403, headers=HEADERS)
        response = await handler(request)
        response.headers.update(HEADERS)
        return response

    return guarded


def _problem(request: web.Request, listening: str) -> str | None:
    if not _ours(_name(request.host), listening):
        return "This address is not one the demo listens on."
    if request.headers.get("Sec-Fetch-Site", "none") not in FRIENDLY_SITES:
        return "Another site may not use this chat."
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return "Another site may not use this chat."
    return None


def _name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _ours(name: str, listening: str) -> bool:
    if name in LOOPBACK or name == listening.lower():
        return True
    return listening in WILDCARDS and _is_address(name)


def _is_address(name: str) -> bool:
    """A bare address cannot be re-pointed by anyone's DNS."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
