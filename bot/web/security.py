"""The headers that stand on every answer."""

from __future__ import annotations

from aiohttp import hdrs, web

from bot.web.keys import SETTINGS

_DENIED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip

_HEADERS = {
    hdrs.CACHE_CONTROL: "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _DENIED),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def content_security_policy(frame_ancestors: tuple[str, ...]) -> str:
    """The policy of every page; `frame_ancestors` are the foreign origins that may embed it."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            " ".join(("frame-ancestors 'self'", *frame_ancestors)),
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Puts the headers on `response`; what a handler has set itself stays. A signal for `on_response_prepare`."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    policy = content_security_policy(request.config_dict[SETTINGS].frame_ancestors)
    response.headers[hdrs.CONTENT_SECURITY_POLICY] = policy
    response.headers.pop(hdrs.SERVER, None)
