"""One account's line to its venue: what is asked, what is sent, and when the venue wants silence."""

import math
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import localcontext
from typing import Any

from bot.broker.fate import Codes, code_of
from bot.broker.told import NONSENSE
from core.errors import BrokerUnavailable

Asked = Mapping[str, Any] | Sequence[Mapping[str, Any]]
BUSY = frozenset({"429", "418", "-1003", "-1015", "10006", "10018", "50011", "too_many_requests"})
USUAL_REST, LONGEST_REST = 5.0, 86_400.0
SHOWN = 160


@dataclass(slots=True)
class Wire:
    """A ccxt client by the venue's own endpoints. `fault` is the base of ccxt's errors, so that
    nobody here has to load ccxt.
    """

    client: Any
    title: str
    codes: Codes
    fault: type[Exception]
    rests_until: float = 0.0
    is_late: bool = False

    async def ask(self, call: str, **asked: Any) -> Any:
        """Something that may be asked twice. Raises BrokerUnavailable."""
        answer = await self._quietly(call, asked)
        if isinstance(answer, Exception):
            raise self._unavailable(answer) from answer
        return answer

    async def look(self, call: str, **asked: Any) -> Any:
        """The same; None where the venue itself says that there is no such thing."""
        return self._if_there(await self._quietly(call, asked))

    async def withdraw(self, call: str, asked: Asked) -> Any:
        """A cancellation; None where there is no such order. It goes out even when the venue wants
        silence: what takes the place of something may wait for it.
        """
        return self._if_there(await self.send(call, asked))

    def _if_there(self, answer: object) -> Any:
        if not isinstance(answer, Exception):
            return answer
        if code_of(answer) in self.codes.absent:
            return None
        raise self._unavailable(answer) from answer

    async def send(self, call: str, asked: Asked) -> object:
        """Something that must not be sent twice. Whatever comes back is handed on, errors too."""
        try:
            await self._be_on_time()
            with localcontext():  # ccxt changes how its caller rounds, and leaves it so
                return await getattr(self.client, call)(copy(asked))
        except (self.fault, *NONSENSE) as error:
            self._heed(error)
            return error

    @property
    def rests(self) -> bool:
        """The venue has asked to wait; whoever asks on is banned for longer."""
        return self.now() < self.rests_until

    async def _quietly(self, call: str, asked: Asked) -> Any:
        if self.rests:
            left = self.rests_until - self.now()
            raise BrokerUnavailable(venue=self.title, why=f"asks to wait {left:.0f} s longer")
        return await self.send(call, asked)

    async def _be_on_time(self) -> None:
        """After the venue has found our clock wrong, ask for its own before speaking again."""
        if self.is_late:
            await self.client.load_time_difference()
            self.is_late = False

    def _heed(self, error: Exception) -> None:
        code = code_of(error)
        self.is_late = self.is_late or code in self.codes.clock
        if code in BUSY:
            until = self.now() + self._asked_rest()
            self.rests_until = max(self.rests_until, until)

    def _asked_rest(self) -> float:
        headers = self.client.last_response_headers or {}
        said = next((v for k, v in headers.items() if k.lower() == "retry-after"), "")
        try:
            seconds = float(said)
        except ValueError:
            return USUAL_REST
        return min(seconds, LONGEST_REST) if 0 <= seconds < math.inf else USUAL_REST

    def now(self) -> float:
        """In seconds, by ccxt's own clock."""
        return float(self.client.milliseconds()) / 1000

    def _unavailable(self, error: Exception) -> BrokerUnavailable:
        """Without addresses: they carry a signature."""
        words = (word for word in str(error).split() if "://" not in word)
        return BrokerUnavailable(venue=self.title, why=" ".join(words)[:SHOWN])
