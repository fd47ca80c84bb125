"""The pages in a real browser: every page of every role, on a screen and on a phone, read by axe."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from browser import PASSWORD
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from outreach.portal.access.roles import PERMISSIONS, RoleName
from outreach.portal.menu import MENU


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Iterator[str]:
    """Where the pages are served."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium of the system."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium is missing, so nobody sees the pages: scripts/install-test-tools.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def signed_in(chromium: Browser, address: str, name: str, width: int = 1280) -> Page:
    """A page on which a user is signed in by the form."""
    # axe is a script, which the pages themselves forbid.
    context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/login")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button")
    return page


def faults(page: Page) -> list[str]:
    """What axe objects to."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def paths(role: RoleName) -> list[str]:
    """The pages of a role's menu, and those that everybody has."""
    return [item.path for item in MENU if item.allow in PERMISSIONS[role]] + ["/account", "/help"]


@pytest.mark.parametrize("role", list(RoleName))
def test_every_page_can_be_read_by_everybody(chromium: Browser, address: str, role: RoleName) -> None:
    page = signed_in(chromium, address, role.value)
    objections = []
    for path in paths(role):
        page.goto(address + path)
        assert page.locator("h1").count() == 1, path
        objections += faults(page)
    page.context.close()
    assert objections == []


@pytest.mark.parametrize("role", [RoleName.SUPERVISOR, RoleName.CLERK, RoleName.CONTACT, RoleName.OPERATOR])
def test_a_phone_shows_every_page_without_moving_it_sideways(
    chromium: Browser, address: str, role: RoleName
) -> None:
    page = signed_in(chromium, address, role.value, 390)
    wide = []
    for path in paths(role):
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(path)
    page.context.close()
    assert wide == []


def test_an_officers_morning(chromium: Browser, address: str) -> None:
    page = signed_in(chromium, address, RoleName.OFFICER.value, 390)
    assert page.url.endswith("/tasks")
    page.click("text=走访单")
    page.click("main table a >> nth=0")
    objections = faults(page)
    page.locator("main select >> nth=0").select_option(index=3)
    page.click("text=保存这一户 >> nth=0")
    assert "已记入 1 条" in page.inner_text("main")
    page.click(".who-lives a >> nth=0")
    assert "读给本人或家属听" in page.inner_text("main")
    objections += faults(page)
    page.goto(f"{address}/lists?action=add")
    page.check("main input[name=line] >> nth=0")
    page.select_option("#result", "同意")
    page.click("text=登记 >> nth=-1")
    assert "已记入 1 条" in page.inner_text("main")
    page.fill("#wanted", "王")
    page.click("text=查找")
    assert "王" not in page.url
    page.context.close()
    assert objections == []


def test_a_clerks_and_a_contacts_morning(chromium: Browser, address: str) -> None:
    page = signed_in(chromium, address, RoleName.CLERK.value)
    page.click("text=开始复核")
    first = page.url
    objections = faults(page)
    page.click("button:has-text('不能确定')")
    assert page.url != first
    page.context.close()
    page = signed_in(chromium, address, RoleName.CONTACT.value)
    page.click("main table a >> nth=0")
    objections += faults(page)
    page.click("label:has-text('记录无误')")
    page.click("text=提交答复")
    assert "今日答复" in page.inner_text("main")
    page.context.close()
    assert objections == []


def test_the_first_thing_that_the_keyboard_reaches_skips_the_menu(chromium: Browser, address: str) -> None:
    page = signed_in(chromium, address, RoleName.OFFICER.value)
    page.goto(f"{address}/lists")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert re.search("#content$", page.url)
    page.context.close()
