"""A person at the demo's page, in a real browser: from hello to a protected position and a report."""

import asyncio
import re
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[3]
PHONE = {"width": 390, "height": 844}
PATIENCE = 20_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# A bubble's tail hangs out of its box on purpose, so bubbles are asked where they stand.
WIDER = """() => [
    ...[...document.querySelectorAll("body, #chat, pre")]
        .filter((node) => node.scrollWidth > node.clientWidth),
    ...[...document.querySelectorAll(".bubble, .keyboard button, .picture img")]
        .filter((node) => node.getBoundingClientRect().right > innerWidth),
].map((node) => `${node.id || node.className || node.tagName}: ${node.innerText}`)"""

playwright = pytest.importorskip("playwright.async_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium here"),
]


class Phone:
    """The page as a person holds it: what is typed, what is tapped, what can be read."""

    def __init__(self, page):
        self.page = page

    async def says(self, text):
        """Everything that is on the screen below these words from now on."""
        await self.page.fill("#composer", text)
        await self.page.click("#send")
        return await self.after(text)

    async def after(self, text):
        own = self.page.locator(".message.own", has_text=text).last
        await playwright.expect(own).to_be_visible()
        number = await own.get_attribute("data-id")
        return self.page.locator(f'.message.own[data-id="{number}"] ~ .message')

    async def with_button(self, messages, label):
        """The message that has it now, also after its buttons have changed."""
        has = self.page.locator(".keyboard button", has_text=label)
        number = await messages.filter(has=has).first.get_attribute("data-id")
        return self.page.locator(f'.message[data-id="{number}"]')

    async def too_wide(self):
        return await self.page.evaluate(WIDER)


@asynccontextmanager
async def demo(language, folder):
    """The demo as anybody starts it, on a free port; what it says on its console."""
    words = f"-m bot demo --no-open --port 0 --language {language} --speed 0 --data {folder}"
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words.split(), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield process.stdout
    finally:
        process.terminate()
        await process.communicate()


@asynccontextmanager
async def on_a_phone():
    """An error on the page's console fails the test."""
    errors = []
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = await browser.new_page(viewport=PHONE, has_touch=True)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.set_default_timeout(PATIENCE)
        playwright.expect.set_options(timeout=PATIENCE)
        yield Phone(page)
        await browser.close()
    assert errors == []


@pytest.fixture
def open_demo(tmp_path):
    """Both take seconds to start, so they start side by side."""

    @asynccontextmanager
    async def opened(language):
        async with demo(language, tmp_path) as console, on_a_phone() as phone:
            line = await asyncio.wait_for(console.readline(), PATIENCE / 1000)
            await phone.page.goto(re.search(r"http://\S+", line.decode())[0])
            yield phone

    return opened


async def test_a_person_goes_from_hello_to_a_protected_position_and_its_report(open_demo):
    shows = playwright.expect
    async with open_demo("en") as phone:
        await phone.page.click("#start")
        hello = (await phone.after("/start")).first
        await shows(hello.locator(".text")).to_contain_text("This is paper money.")
        await shows(hello.locator(".keyboard button").first).to_contain_text("BTC")

        card = await a_card(await phone.says("/analyze"), "✅ Approve")
        await shows(card.locator(".text")).to_contain_text("If stopped: ")
        await shows(card.locator(".text")).to_contain_text("no answer = no entry")
        await a_picture(card)
        await card.locator(".keyboard button", has_text="✅ Approve").click()

        answered = await phone.after("/analyze")
        await shows(answered.filter(has_text="approved · ").first).to_be_visible()
        position = answered.filter(has_text="closing now gives").last
        for row in ("entry", "mark", "stop", "target", "liquidation"):
            await shows(position.locator("pre")).to_contain_text(row)
        await shows(position.locator(".text")).to_contain_text("Stop seen on exchange")

        listed = (await phone.says("/positions")).filter(has_text="closing now gives").first
        await shows(listed.locator(".keyboard button").last).to_contain_text("Close all")

        report = (await phone.says("/report")).filter(has_text="Equity").first
        await a_picture(report)
        for number, word in enumerate(("Equity", "Change", "Closed", "Open positions"), 1):
            await shows(report.locator(".text")).to_contain_text(f"{number} {word}")
        assert await phone.too_wide() == []


async def test_a_backtest_runs_beside_the_desk_and_comes_back_as_a_card(open_demo):
    shows = playwright.expect
    async with open_demo("en") as phone:
        await phone.page.click("#start")
        await phone.after("/start")
        form = await phone.with_button(await phone.says("/backtest"), "30d")
        await form.locator(".keyboard button", has_text="30d").click()
        await shows(form.locator(".text")).to_contain_text("/backtest BTC ETH SOL 30d 1h")
        await form.locator(".keyboard button", has_text="Run").click()

        await shows(form.locator(".keyboard")).to_contain_text("Trades CSV")
        await shows(form.locator(".text")).to_contain_text("max drawdown")
        await a_picture(form)
        await form.locator(".keyboard button", has_text="Report HTML").click()
        listed = await phone.after("/backtest")
        await shows(listed.locator(".file", has_text="report.html")).to_be_visible()
        assert await phone.too_wide() == []


async def test_the_same_start_in_korean(open_demo):
    shows = playwright.expect
    async with open_demo("ko") as phone:
        await phone.page.click("#start")
        hello = (await phone.after("/start")).first
        await shows(hello.locator(".text")).to_contain_text("모의 자금입니다.")
        assert await phone.page.get_attribute("html", "lang") == "ko"

        card = await a_card(await phone.says("/analyze"), "✅ 승인")
        await shows(card.locator("pre")).to_contain_text("손절")
        await shows(card.locator(".text")).to_contain_text("답 없으면 진입 안 함")
        assert await phone.too_wide() == []


async def a_card(below, button):
    """The first proposal under the person's words, with its button."""
    card = below.filter(has_text=button).first
    await playwright.expect(card).to_be_visible()
    return card


async def a_picture(message):
    """Drawn, and not only announced."""
    picture = message.locator(".picture img")
    await playwright.expect(picture).to_be_visible()
    await playwright.expect(picture).not_to_have_js_property("naturalWidth", 0)
