"""From numbers to a question for a model, and from its answer back to values: nothing in between."""

from core.prompt.asking import FORECASTS, indicators, market
from core.prompt.balance import Balance, balance, read_balance
from core.prompt.features import FEATURES
from core.prompt.glances import Glances
from core.prompt.news import news, read_news
from core.prompt.opinions import hallucinated, read_opinions
from core.prompt.parsing import Faults
from core.prompt.risk import Case, Holding, case_of, read_objections, risk
from core.prompt.schemas import VERSION as SCHEMA_VERSION
from core.prompt.sheet import Row, Sheet, input_of, sheet
from core.prompt.tables import Table
from core.prompt.tokens import size_of, tokens
from core.prompt.versions import PROMPT_VERSIONS
from core.prompt.wording import plain, speaks

__all__ = [
    "FEATURES",
    "FORECASTS",
    "PROMPT_VERSIONS",
    "SCHEMA_VERSION",
    "Balance",
    "Case",
    "Faults",
    "Glances",
    "Holding",
    "Row",
    "Sheet",
    "Table",
    "balance",
    "case_of",
    "hallucinated",
    "indicators",
    "input_of",
    "market",
    "news",
    "plain",
    "read_balance",
    "read_news",
    "read_objections",
    "read_opinions",
    "risk",
    "sheet",
    "size_of",
    "speaks",
    "tokens",
]
