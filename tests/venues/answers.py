"""What a venue says over HTTP."""

import json
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a body and the headers that matter."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


class Refused(Exception):
    """The venue says no, in its own words."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.body)
        self.answer = answer


def as_json(value: object, status: int = 200, **headers: str) -> Answer:
    text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
    return Answer(status, text, headers)


PAGE = "<!DOCTYPE html><html><head><title>Just a moment</title></head><body></body></html>"
HTML = Answer(200, PAGE, content_type="text/html")
EMPTY = Answer(200, "", content_type="text/plain")
GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>"
BAD_GATEWAY = Answer(502, GATEWAY, content_type="text/html")
