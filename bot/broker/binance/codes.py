"""Which of Binance's codes mean that an order was certainly not executed."""

from bot.broker.fate import Codes

SINGLE = (
    "-1003 -1013 -1015 -1021 -1022 -2007 -2014 -2015 -2018 -2019 -2021 -2022 -2025 -2027 -2028"
    " -4001 -4003 -4004 -4005 -4006 -4014 -4015 -4016 -4023 -4024 -4045 -4061 -4118 -4120 -4131"
    " -4136 -4137 -4140 -4141 -4164 -4509 -5021 -5022 429 418"
)
WRONG_PARAMETERS = (str(-code) for code in range(1100, 1122))

CODES = Codes(
    refused=frozenset((*SINGLE.split(), *WRONG_PARAMETERS)),
    absent=frozenset({"-2011", "-2013"}),
    clock=frozenset({"-1021"}),
)
NO_SUCH_LIFETIME = frozenset({"-1115", "-1106", "-4129"})
