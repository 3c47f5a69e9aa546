"""Our components: the viewer of a report, the notes beside a card, the frame that sets page-wide style and keys.

All are plain files beside this module, sent to the browser as they are; none builds HTML from data. The hard idea:
Streamlit sends whatever a component holds along with every key. So a component holds one line that fetches its script,
which the browser keeps, and the page-wide style comes with the frame, once a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.archive.row_types import Progress
from extractor.domain.messages import sentences
from extractor.ui.messages import FILE, t
from extractor.ui.session import put, take_flash

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

ASSETS = Path(__file__).parent / "assets"
FRONT_END = Path(st.__file__).parent / "static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
"""Ends of the names of Streamlit's own files, which hold a hash of their content → what they are."""

ENGLISH = "streamlit: "  # keys of sentences that Streamlit has no setting for, before the English original
LABEL = "label: "  # likewise of what it calls a button or field to who does not see it


PARTS = ("deciding", "choosing", "card", "sentence")
"""What the form is made of: what both ways of reviewing share, and each of them."""

SCRIPTS = {"form": PARTS, **{name: (name,) for name in ("frame", "notes", "lists", "ahead", "viewer", "shelf")}}
"""Component → the files of its script."""

PATH = "/ma/{name}.{digest}.js"
LASTING = "private, max-age=31536000, immutable"  # another text has another address


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def _script(name: str) -> str:
    return "".join(_asset(f"{part}.js") for part in SCRIPTS[name])


@cache
def _fetched(name: str) -> str:
    """A component's script as Streamlit is given it: where the browser finds it."""
    path = PATH.format(name=name, digest=hashlib.sha256(_script(name).encode()).hexdigest()[:16])
    return f"export default async (one) =>\n(await import(new URL('{path}', location))).default(one);"


def answer(request: Request) -> Response:
    """The script of a component, 404 where there is none of that name."""
    name = request.path_params["name"]
    if name not in SCRIPTS:
        return Response(status_code=404)
    headers = {"Cache-Control": LASTING, "X-Content-Type-Options": "nosniff"}
    return Response(_script(name), media_type="text/javascript", headers=headers)


def routes() -> list[Route]:
    """What the server answers beside the app itself."""
    return [Route(PATH, answer)]


@cache
def _front_end() -> frozenset[str]:
    """Where a browser asks for Streamlit's own scripts, styles and fonts."""
    files = (file for file in (FRONT_END / "static").rglob("*.*") if file.suffix in TYPES)
    return frozenset(f"/{file.relative_to(FRONT_END).as_posix()}" for file in files)


@cache
def _answer_with(address: str) -> Response:
    headers = {"Cache-Control": LASTING, "X-Content-Type-Options": "nosniff"}
    return Response((FRONT_END / address[1:]).read_bytes(), media_type=TYPES[Path(address).suffix], headers=headers)


class FrontEnd:
    """Answers for Streamlit's own files from memory, and passes everything else on.

    A browser that was never here asks for a hundred of them: looked up on the disk, they are half of what a first
    visit costs the server. Their names change with their content.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        known = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in _front_end()
        await (_answer_with(scope["path"]) if known else self.app)(scope, receive, send)


def _nothing() -> None:
    """Streamlit only reports a trigger that has a callback."""


def show_search(
    name: str, words: str | None, searched: Callable[[str], None], *, width: int | Literal["stretch"] = "stretch"
) -> None:
    """A field in which reports are looked for; ``searched`` is called with what was typed."""
    key = f"{name}:{words}"
    st.text_input(
        t("filter.find"),
        words or "",
        key=key,
        on_change=lambda: searched(st.session_state[key].strip()),
        placeholder=t("filter.find"),
        label_visibility="collapsed",
        width=width,
    )


def show_meant(words: str | None) -> None:
    """What a search that found nothing may have been meant to be, to be searched with one press."""
    if words:
        st.button(
            t("search.meant", words=words), key="meant", icon=":material/search:", on_click=put, args=("q", words)
        )


def show_frame(language: str, *, cookie: str = "", shut: bool = False) -> None:
    """Page-wide style, what all share after what one part says, and keys; to be called once a run.

    The browser keeps the language in the ``cookie``, where one is named, and the address while the door is ``shut``.
    """
    frame = st.components.v2.component(
        "solieu_frame",
        html='<span class="solieu-frame"></span>',
        css="".join(_asset(f"{name}.css") for name in (*reversed(PARTS), "frame")),
        js=_fetched("frame"),
        isolate_styles=False,
    )
    told = {"words": streamlit_words(language), "labels": streamlit_words(language, LABEL)}
    data = {"language": language, "cookie": cookie, "shut": shut, "choose": t("importing.choose"), **told}
    frame(key="frame", data=data, height="content")


@cache
def streamlit_words(language: str, kind: str = ENGLISH) -> dict[str, str]:
    """What Streamlit says in English → the same in ``language``; in English the few words that we put better."""
    rows = {key.removeprefix(kind): said for key, said in sentences(FILE).items() if key.startswith(kind)}
    told = {english: vi if language == "vi" else en for english, (vi, en) in rows.items()}
    return {english: words for english, words in told.items() if words != english}


def show_notes(
    lines: list[dict[str, Any]],
    *,
    key: str = "notes",
    tall: bool = False,
    ahead: bool = False,
    on_pick: Callable[[], None] = _nothing,
) -> Any:
    """Lines of short texts, each with a look of ``notes.css`` (see ``line``); ``picked`` is what was pressed.

    ``ahead`` lets them go ahead to those of the next card.
    """
    notes = st.components.v2.component(
        "solieu_notes", html='<div class="notes"></div>', css=_asset("notes.css"), js=_fetched("notes")
    )
    return notes(
        key=key, data={"lines": lines, "tall": tall, "ahead": ahead}, height="content", on_picked_change=on_pick
    )


def line(look: str, *parts: str | tuple[str, str], pick: Any = None) -> dict[str, Any]:
    """One line of notes; a part is a text, or a text with its look. ``pick`` makes it one that can be pressed."""
    made = [{"text": p, "look": ""} if isinstance(p, str) else {"text": p[0], "look": p[1]} for p in parts]
    return {"look": look, "parts": made, "pick": pick}


def advance(progress: Progress) -> dict[str, Any]:
    """How far the work has come, as a line with a bar below it."""
    words = t("bar.progress", reviewed=progress.reviewed, total=progress.total, left=progress.left)
    return line("advance", words) | {"share": progress.reviewed / progress.total if progress.total else 0.0}


def show_flashes() -> None:
    """What the last act has to say."""
    told = [line(f"flash {look}", words) for look, words in take_flash()]
    if told:
        show_notes(told, key="flashes")


def show_lists(lists: dict[str, list[list[str]]]) -> None:
    """What the fields of every card offer: sent once a page, and not again with every key."""
    _hand_over("lists", lists)


def show_ahead(data: dict[str, Any] | None) -> None:
    """What an Enter leads to, for the other parts of the desk to show at once."""
    _hand_over("ahead", data)


def _hand_over(name: str, data: Any) -> None:
    """Data for the scripts of the page alone; nothing is drawn."""
    made = st.components.v2.component(
        f"solieu_{name}", html='<span class="solieu-frame"></span>', js=_fetched(name), isolate_styles=False
    )
    made(key=name, data={name: data}, height="content")


def show_form(data: dict[str, Any], *, on_act: Callable[[], None]) -> None:
    """What decides, the card or the table of a sentence, as the ``kind`` of its data says.

    ``act`` is what was pressed, with all that is typed.
    """
    form = st.components.v2.component(
        "solieu_form",
        html='<div role="form" tabindex="-1"></div>',
        js=_fetched("form"),
        isolate_styles=False,
    )
    form(key="form", data=data, height="content", on_act_change=on_act)


def show_viewer(
    data: dict[str, Any],
    *,
    key: str = "viewer",
    on_pick: Callable[[], None] = _nothing,
    on_view: Callable[[], None] = _nothing,
    on_turn: Callable[[], None] = _nothing,
    on_select: Callable[[], None] = _nothing,
) -> Any:
    """The report with its figures marked; ``picked`` is a clicked figure, ``selected`` a stretch, ``viewed`` a view."""
    viewer = st.components.v2.component(
        "solieu_viewer",
        html='<div class="viewer" role="document" tabindex="0"></div>',
        css=_asset("viewer.css"),
        js=_fetched("viewer"),
    )
    return viewer(
        key=key,
        data=data,
        on_picked_change=on_pick,
        on_selected_change=on_select,
        on_viewed_change=on_view,
        on_turned_change=on_turn,
    )


def show_shelf(data: dict[str, Any], *, on_sort: Callable[[], None], on_choose: Callable[[], None]) -> Any:
    """The table of reports; ``opened`` is the report whose name was pressed."""
    shelf = st.components.v2.component(
        "solieu_shelf",
        html='<div class="shelf" role="region" tabindex="0"><table></table></div>',
        css=_asset("shelf.css"),
        js=_fetched("shelf"),
    )
    return shelf(
        key="shelf",
        data=data,
        height="content",
        on_sorted_change=on_sort,
        on_chosen_change=on_choose,
        on_opened_change=_nothing,
    )
