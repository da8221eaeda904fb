"""What has been earned and lost, in words, in a table and in a file."""

import csv
from decimal import Decimal

from tests.handlers.town import Plan
from tests.phone import labels


async def closes_one(town, phone):
    await town.holds(phone)
    await phone.taps("Close all")
    await phone.taps("Really close")


async def test_a_report_opens_with_what_matters(town, phone):
    await closes_one(town, phone)
    await town.lives()
    await phone.says("/report")
    assert phone.messages[-1]["photo"]
    lines = phone.lines
    assert lines[0].startswith("Day 01-07 00:00 – 01-07 13:00 · -0.0")
    assert lines[0].endswith("(limit -1.50%)")
    assert [line[0] for line in lines[1:]] == [str(number) for number in range(1, len(lines))]


async def test_the_sums_of_a_report_add_up(town, phone):
    await closes_one(town, phone)
    await phone.says("/report all")
    money = next(line for line in phone.lines if line.startswith("2 Change"))
    change, trading, fees, funding = (
        float(word.replace(",", "")) for word in money.split() if word[0] in "+-0" and word != "-"
    )
    assert abs(change - (trading + fees + funding)) < 0.011


async def test_every_span_is_one_tap_away(town, phone):
    await phone.says("/report")
    for label, first in (("Week", "Week 01-05"), ("Month", "Month 01-01"), ("All", "All 01-07")):
        await phone.taps(label)
        assert phone.lines[0].startswith(first)


async def test_two_dates_are_a_span_and_its_buttons_ask_for_the_same(town, phone):
    await closes_one(town, phone)
    await phone.says("/report 2026-01-07 2026-01-07")
    assert phone.lines[0].startswith("Range 01-07 00:00 – 01-07 12:00")
    await phone.taps("Trades")
    assert phone.hears("Last 1 of 1 trades")
    await phone.taps("CSV")
    assert phone.messages[-1]["document"]["name"] == "trades.csv"


async def test_the_file_opens_in_a_spreadsheet(town, phone):
    await closes_one(town, phone)
    await phone.says("/report")
    await phone.taps("CSV")
    address = phone.messages[-1]["document"]["url"]
    async with town.http.get(town.url + address) as response:
        table = (await response.read()).decode("utf-8-sig").splitlines()
    assert table[0].startswith("id,symbol,side,amount,entry,exit,opened,closed,reason")
    assert len(table) == 2
    assert ",person," in table[1]


async def test_a_report_button_also_works_when_there_is_nothing(phone):
    await phone.says("/report")
    await phone.taps("Trades")
    assert phone.text == "No trade is over yet."


async def test_a_span_that_cannot_be_read_is_answered_with_what_to_type(phone):
    for typed, echo in (
        ("yesterday", "yesterday"),
        ("2026-01-01", "2026-01-01"),
        ("2026-13-01 2026-13-02", "2026-13-01"),
        ("<b> 5", "<b>"),
        ("1 2 3", "1 2 3"),
        ("0000-01-01 0001-01-01", "0000-01-01"),
    ):
        await phone.says(f"/report {typed}")
        first, second = phone.lines
        assert first == f"I cannot read “{echo}”."
        assert second.startswith("Type /report day, week, month, all, or two dates:")


async def test_dates_the_wrong_way_round(phone):
    await phone.says("/report 2026-01-31 2026-01-01")
    assert "must not be after" in phone.text


async def test_dates_of_another_age_are_an_empty_report(phone):
    for span in ("1970-01-01 1970-01-02", "2100-01-01 2100-12-31"):
        await phone.says(f"/report {span}")
        assert phone.hears("3 Closed 0")


async def test_the_last_day_of_the_calendar_is_no_bug(phone):
    await phone.says("/report 9999-12-31 9999-12-31")
    assert len(phone.new) == 1


async def test_yesterdays_report_comes_by_itself_and_its_buttons_mean_yesterday(town, phone):
    await closes_one(town, phone)
    await phone.says("/pause")
    await town.lives(12)
    town.clock.advance_to(town.clock.now().replace(hour=0, minute=5))
    await town.works("report", "outbox")
    await phone.look()
    report = phone.messages[-1]
    assert "01-07 00:00 – 01-08 00:00" in report["text"]
    assert report["silent"]
    await phone.taps("Trades", on=report)
    assert phone.hears("Last 1 of 1 trades")


async def test_the_balance_adds_up(town, phone):
    await town.holds(phone)
    await phone.says("/balance")
    figures = {
        line.split(maxsplit=1)[1]: float(line.split()[0].replace(",", ""))
        for line in phone.lines[1:]
    }
    assert set(figures) == {"equity", "wallet", "margin", "free", "open PnL"}
    assert abs(figures["wallet"] + figures["open PnL"] - figures["equity"]) < 0.011
    assert abs(figures["free"] + figures["margin"] - figures["wallet"]) < 0.011


async def test_a_report_has_a_tap_for_each_span(phone):
    await phone.says("/report")
    assert labels(phone.messages[-1]) == ["Day", "Week", "Month", "All", "Trades", "CSV"]


async def test_every_fill_is_in_a_file_of_its_own_with_its_won(founded):
    async with founded(Plan(krw=Decimal(1440))) as town:
        phone = town.phone()
        await phone.says("/start")
        await closes_one(town, phone)
        await phone.says("/report")
        await phone.taps("CSV")
        address = phone.messages[-2]["document"]["url"]
        async with town.http.get(town.url + address) as response:
            table = list(csv.DictReader((await response.read()).decode("utf-8-sig").splitlines()))
    assert [row["what"] for row in table] == ["fill", "fill"]
    for row in table:
        assert row["krw_rate"] == "1440"
        value = Decimal(row["amount"]) * Decimal(row["price"]) * 1440
        assert row["value_krw"] == f"{value:.0f}"
    assert table[0]["side"] != table[1]["side"]
