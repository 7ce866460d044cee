"""The headers that stand on every answer."""

from __future__ import annotations

from aiohttp import hdrs, web
from yarl import URL

from bot.settings import Settings
from bot.web.keys import SETTINGS

_DENIED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip

HEADERS = {
    hdrs.CACHE_CONTROL: "no-store",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _DENIED),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def content_security_policy(settings: Settings) -> str:
    """The policy of every page."""
    # Browsers hold a form's redirect to the policy, too; «Forlad siden» is one.
    exits = sorted({str(URL(address).origin()) for address in (settings.exit_url, *settings.exit_urls)})
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            " ".join(("form-action 'self'", *exits)),
            "base-uri 'none'",
            " ".join(("frame-ancestors 'self'", *settings.frame_ancestors)),
            "require-trusted-types-for 'script'",
            # static/work.js makes this one policy, which knows a single address: that of the worker.
            "trusted-types vejviser-work",
        )
    )


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Puts the headers on `response`; what a handler has set itself stays. A signal for `on_response_prepare`."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    policy = content_security_policy(request.config_dict[SETTINGS])
    response.headers[hdrs.CONTENT_SECURITY_POLICY] = policy
    response.headers.pop(hdrs.SERVER, None)
