"""Which of Bybit's codes mean that an order was certainly not executed."""

from bot.broker.fate import Codes

SINGLE = "10010 10018 110017 110020 110066 110090 110092 110093 110094 429 418"
WRONG_REQUESTS = (str(code) for code in range(10001, 10007))
NOT_TAKEN = (str(code) for code in range(110003, 110014))

CODES = Codes(
    refused=frozenset((*SINGLE.split(), *WRONG_REQUESTS, *NOT_TAKEN)) - {"110008", "110010"},
    absent=frozenset({"110001", "110008", "110010"}),
    clock=frozenset({"10002"}),
)
