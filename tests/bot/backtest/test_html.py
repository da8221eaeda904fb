"""The page of a backtest: facts in it, not pixels."""

import re
from dataclasses import replace

import pytest

from bot.backtest.html import SHOWN, page
from core.domain.people import Language
from tests.bot.backtest.facts import reader, record, run


def shown(language=Language.EN, made=None, trades=40):
    return page(reader(language), made or record(trades), run(trades).trades, "trades.csv")


PAGES = {language: shown(language) for language in Language}


@pytest.mark.parametrize("language", Language)
def test_it_needs_nothing_from_anywhere(language):
    addresses = re.findall(r"""(?:src|srcset|href)="([^"]*)"|url\(([^)]*)\)""", PAGES[language])
    outside = [one or other for one, other in addresses if not (one or other).startswith("data:")]
    assert outside == ["trades.csv"]
    assert "<script" not in PAGES[language]


@pytest.mark.parametrize("language", Language)
def test_it_is_in_its_readers_language(language):
    assert PAGES[language].startswith("<!doctype html>")
    assert f'<html lang="{language}">' in PAGES[language]
    title = {Language.EN: "Backtest · BTC ETH · 1h", Language.KO: "백테스트 · BTC ETH · 1시간봉"}
    assert f"<h1>{title[language]}</h1>" in PAGES[language]


def test_hangul_brings_its_own_letters_and_english_needs_none():
    assert PAGES[Language.KO].count("@font-face") == 2
    assert "@font-face" not in PAGES[Language.EN]


def test_gains_are_red_for_koreans_and_green_for_others():
    assert "--gain: #e0364a" in PAGES[Language.KO]
    assert "--gain: #0b9b6b" in PAGES[Language.EN]


def test_two_charts_are_drawn_for_light_and_for_dark_paper():
    assert PAGES[Language.EN].count("data:image/png;base64,") == 4


def test_the_banner_is_on_the_page():
    assert '<p class="banner clean">CLEAN: no model' in PAGES[Language.EN]
    dirty = shown(made=record(cutoffs=(None,)))
    assert '<p class="banner contaminated">CONTAMINATED: a model may remember' in dirty


def test_words_from_outside_stay_words():
    made = record()
    hostile = replace(made, question=replace(made.question, source="<script>alert(1)</script>"))
    assert "&lt;script&gt;alert(1)" in shown(made=hostile)


def test_a_page_without_trades_is_a_page():
    text = shown(trades=0)
    assert "No trade · buy and hold" in text
    assert "0 of 0 trades" in text


def test_the_newest_trades_are_listed_and_the_rest_is_in_the_file():
    many = run(SHOWN + 50).trades
    text = page(reader(), record(), many, "trades.csv")
    assert f"{SHOWN} of {SHOWN + 50} trades" in text
    listed = text[text.index(f"{SHOWN} of") :]
    assert listed.count("<tr>") == SHOWN + 1
    assert f"{many[-1].opened_at:%Y-%m-%d %H:%M}" in listed
    assert "All trades: trades.csv" in text
