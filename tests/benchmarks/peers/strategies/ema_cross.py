"""The benchmark's strategy as freqtrade wants it: it finds this file by the folder's name."""

import talib.abstract as ta
from freqtrade.strategy import IStrategy
from pandas import DataFrame


class EmaCross(IStrategy):
    """The return on investment is net of two fees of 0.05 %, so 3.9 % means a target of about 4 %."""

    INTERFACE_VERSION = 3
    can_short = True
    timeframe = "5m"
    stoploss = -0.02
    minimal_roi = {"0": 0.039}  # noqa: RUF012  freqtrade reads a plain attribute
    use_exit_signal = False
    process_only_new_candles = True
    startup_candle_count = 0
    order_types = {  # noqa: RUF012
        "entry": "market",
        "exit": "market",
        "stoploss": "market",
        "stoploss_on_exchange": False,
    }

    def populate_indicators(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe["fast"] = ta.EMA(dataframe, timeperiod=20)
        dataframe["slow"] = ta.EMA(dataframe, timeperiod=50)
        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=14)
        return dataframe

    def populate_entry_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        fast, slow, rsi = dataframe["fast"], dataframe["slow"], dataframe["rsi"]
        up = (fast > slow) & (fast.shift(1) <= slow.shift(1))
        down = (fast < slow) & (fast.shift(1) >= slow.shift(1))
        dataframe.loc[up & (rsi < 70), "enter_long"] = 1
        dataframe.loc[down & (rsi > 30), "enter_short"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        return dataframe
