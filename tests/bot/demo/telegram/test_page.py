"""The chat page in a real browser: what a person sees and what their hands do."""

from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.async_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium here"),
]


@pytest.fixture
async def open_page():
    """Opens a desk's page on a phone; an error on the page fails the test."""
    errors = []

    def heard(kind, text):
        if kind == "error":
            errors.append(text)

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=flags)

        async def visit(url, width=390):
            page = await browser.new_page(viewport={"width": width, "height": 700})
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda said: heard(said.type, said.text))
            page.set_default_timeout(3000)
            await page.goto(url)
            return page

        yield visit
        await browser.close()
    assert errors == []


async def test_one_starts_reads_answers_and_presses(opened, open_page, buttons):
    async with opened() as desk:
        page = await open_page(desk.url)
        await page.click("#start")
        await page.wait_for_selector(".message.own .command")
        await desk.call("getUpdates", offset=-1)
        sent = await desk.send(
            "<b>Buy?</b>", parse_mode="HTML", reply_markup=buttons([("Yes", "y")])
        )
        await page.click(".keyboard button")
        await page.wait_for_selector(".keyboard .loading")
        *_, update = await desk.updates(timeout=3)
        query = update["callback_query"]["id"]
        await desk.call("answerCallbackQuery", callback_query_id=query, text="Sent & done")
        await page.wait_for_selector(".toast")
        await page.wait_for_selector(".keyboard button:not(.loading)")
        await page.fill("#composer", "two\nlines <b>")
        await page.press("#composer", "Enter")
        own = page.locator(".message.own .text").last
        await playwright.expect(own).to_contain_text("two\nlines <b>")
        assert await page.locator(".toast").inner_text() == "Sent & done"
        assert await page.locator(f'[data-id="{sent["message_id"]}"] b').inner_text() == "Buy?"
        await page.close()


async def test_an_edit_happens_in_place_and_a_deleted_message_goes(desk, open_page):
    page = await open_page(desk.url)
    target = {"chat_id": 7, "message_id": (await desk.send("before"))["message_id"]}
    bubble = page.locator(f'[data-id="{target["message_id"]}"]')
    node = await bubble.element_handle()
    await desk.call("editMessageText", **target, text="after")
    await playwright.expect(bubble).to_contain_text("after")
    await playwright.expect(bubble.locator(".edited")).to_be_visible()
    assert await node.evaluate("node => node.isConnected")
    await desk.call("deleteMessage", **target)
    await playwright.expect(bubble).to_have_count(0)


async def test_an_alert_must_be_closed_by_hand(desk, open_page, buttons):
    page = await open_page(desk.url)
    await desk.send(reply_markup=buttons([("Why", "w")]))
    await page.click("text=Why")
    *_, update = await desk.updates(timeout=3)
    answer = {"callback_query_id": update["callback_query"]["id"], "show_alert": True}
    await desk.call("answerCallbackQuery", **answer, text="Four say long.")
    await page.click("#alert button")
    await playwright.expect(page.locator("#alert")).not_to_be_visible()


async def test_the_menu_is_filtered_while_one_types(desk, open_page):
    commands = [{"command": name, "description": name} for name in ("start", "stop", "help")]
    await desk.call("setMyCommands", commands=commands)
    page = await open_page(desk.url)
    await page.wait_for_selector("#menu")
    await page.fill("#composer", "/st")
    assert await page.locator("#commands .name").all_inner_texts() == ["/start", "/stop"]
    await page.press("#composer", "ArrowDown")
    await page.press("#composer", "ArrowDown")
    await page.press("#composer", "Enter")
    await page.wait_for_selector("text=/stop")
    assert (await desk.updates(timeout=3))[-1]["message"]["text"] == "/stop"


@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_is_wider_than_the_screen(desk, open_page, png, width):
    page = await open_page(desk.url, width)
    await desk.send("<pre>" + "0123456789" * 12 + "</pre>", parse_mode="HTML")
    await desk.photo(png(2000, 400), chat_id="7", caption="x" * 200)
    await page.wait_for_selector(".picture")
    wide = "document.getElementById('chat').scrollWidth"
    assert await page.evaluate(wide) <= width
    assert await page.get_attribute("html", "lang") == "ko"
