"""Makes a call of OpenAI's library, and hears nothing but an object or a reason."""

from collections.abc import Awaitable

import httpx2
from openai import (
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    OpenAIError,
)

from bot.analysts.faults import by_status, unsaid
from bot.analysts.loose import Body, Raw, body_of
from core.domain.model import Failure, Unsaid

NO_JSON = unsaid(Failure.MALFORMED, "the answer is no JSON object")


async def heard(call: Awaitable[Raw]) -> Body | Unsaid:
    try:
        answer = await call
    except OpenAIError as error:
        return failed(error)
    return body_of(answer.http_response.text) or NO_JSON


def failed(error: OpenAIError) -> Unsaid:
    match error:
        case APITimeoutError() if not isinstance(error.__cause__, httpx2.ConnectTimeout):
            return unsaid(Failure.TIMEOUT, str(error))
        case APIConnectionError():
            cause = type(error.__cause__ or error).__name__
            return unsaid(Failure.UNREACHABLE, f"no connection ({cause})")
        case APIResponseValidationError():
            return NO_JSON
        case APIStatusError():
            return by_status(error.status_code, error.body)
    return unsaid(Failure.REJECTED, str(error))
