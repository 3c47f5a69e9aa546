"""The app as its users meet it: a server of its own, a store of its own, Debian's Chromium."""

from __future__ import annotations

import re
import shutil
import socket
import urllib.request
from collections.abc import Iterator
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.store import Store
from tests.archive.sample import build
from tests.e2e import serving
from tests.waiting import HANG, until

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@cache
def free_port() -> int:
    """A port for this process's servers, one after another: a browser keeps the compiled scripts of an address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """``solieu app`` in a process of its own, that a test may kill."""

    def __init__(self, store: Path | str, environment: dict[str, str] | None = None) -> None:
        self.store = store
        self.environment = environment or {}
        self.port = free_port()
        self.process: BaseProcess | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = serving.start(self.store, self.port, self.environment)
        until(self.answers)

    def answers(self) -> bool:
        assert self.process is not None
        assert self.process.is_alive(), "the server does not start"
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=HANG):
                return True
        except OSError:
            return False

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[sync_api.Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=1000 * HANG)
        sync_api.expect.set_options(timeout=1000 * HANG)
        yield started
        started.close()


def new_context(browser: sync_api.Browser, **options: Any) -> sync_api.BrowserContext:
    """A person's windows; they wait for the app as long as the machine needs."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, **options})
    context.set_default_timeout(1000 * HANG)
    return context


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A store with the sample report."""
    path = tmp_path / "store.sqlite"
    store, actor = Store.open_local(path)
    extraction, content = build()
    store.add_extraction(extraction, content, actor=actor)
    store.close()
    return path


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    """The store that the app works on, seen from outside."""
    opened = Store.open(place)
    yield opened
    opened.close()


@pytest.fixture
def server(browser: sync_api.Browser, place: Path) -> Iterator[Server]:
    started = Server(place)
    started.start()
    yield started
    started.kill()


def settle(page: sync_api.Page) -> None:
    """Waits until the script has run and what it drew is there."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def await_card(page: sync_api.Page) -> None:
    """Waits until a card is there that can be typed into, and the frame that minds the keys."""
    page.get_by_role("button", name=re.compile("Chấp nhận|Accept")).first.wait_for()
    page.wait_for_function("document.documentElement.style.getPropertyValue('--word-choose') !== ''")
    settle(page)
    await_press(page)


def await_press(page: sync_api.Page) -> None:
    """Waits until the card takes a press: a decision in its first moments would be about what nobody has read."""
    page.wait_for_function(
        "document.querySelector('.card, .sentence')?.dataset.ready === new URLSearchParams(location.search).get('id')"
    )


def await_answer(page: sync_api.Page) -> None:
    """Waits until the card has the server's answer to the last press: it takes no other before."""
    page.wait_for_function("document.querySelector('.card, .sentence')?.desk.sent === 0")


def type_into(page: sync_api.Page, field: sync_api.Locator, letters: str) -> None:
    """Types into a field of Streamlit's until all letters are there: one more run of the script may draw it anew."""

    def typed() -> bool:
        settle(page)
        field.fill("")
        page.keyboard.type(letters)
        return field.input_value() == letters

    until(typed)


def open_figure(page: sync_api.Page, server: Server, query: str = "") -> None:
    """Opens the review screen, figure by figure, and waits until its card can be typed into."""
    page.goto(f"{server.url}/{query}{'&' if '?' in query else '?'}mode=card")
    await_card(page)


@pytest.fixture(scope="session")
def desk(browser: sync_api.Browser) -> Iterator[sync_api.BrowserContext]:
    """A person's windows in a browser that speaks Vietnamese and has been here before."""
    context = new_context(browser, locale="vi-VN")
    yield context
    context.close()


@pytest.fixture
def window(desk: sync_api.BrowserContext, server: Server) -> Iterator[sync_api.Page]:
    """An empty window that remembers nothing of the tests before it."""
    opened = desk.new_page()
    desk.clear_cookies()
    desk.new_cdp_session(opened).send(
        "Storage.clearDataForOrigin", {"origin": server.url, "storageTypes": "local_storage"}
    )
    yield opened
    opened.close()


@pytest.fixture
def page(window: sync_api.Page, server: Server) -> sync_api.Page:
    """The review screen, figure by figure."""
    open_figure(window, server)
    return window
