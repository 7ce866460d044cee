"""Reading what a request carries."""

from __future__ import annotations

from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from bot.web.problems import ProblemError
from bot.web.texts import TEXTS

LONGEST_TEXT = 1000

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]

_TITLES = {
    "string_too_short": TEXTS["empty"].da,
    "string_too_long": TEXTS["too_long"].da,
}


class Body(BaseModel):
    """Fields of a request; anything else in it is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class Turn(Body):
    """What a person says: a text or a pressed button, not both."""

    text: Said | None = None
    payload: Said | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Turn:
        if (self.text is None) == (self.payload is None):
            raise ValueError("exactly one of text and payload")
        return self


class End(Body):
    """Which conversation is to be forgotten."""

    token: str


async def read(request: web.Request, *media_types: str) -> bytes:
    """The body of `request`. Raises ProblemError (415) when it is of no type in `media_types`."""
    if request.content_type not in media_types:
        raise ProblemError(415)
    return await request.read()


def malformed(error: ValidationError) -> ProblemError:
    """The problem (400) that says what is wrong with a body."""
    return ProblemError(400, next((_TITLES[detail["type"]] for detail in error.errors() if detail["type"] in _TITLES), None))
