"""A person's session with the app without a browser: what one sends and is sent, and nothing painted.

Ten browsers on the machine that also serves them mostly wait for each other's painting. A seat at the wire speaks
Streamlit's protocol as the browser's part of it does, so that what is left to be measured is what the server takes.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

EVENTS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
"""The name under which a component tells what was pressed."""


class Wire:
    """One session: the screen that it is at, the form that was sent last, and where that form is answered."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self.address = url.replace("http", "ws", 1) + "_stcore/stream"
        self.headers = headers
        self.socket: ClientConnection | None = None
        self.query = self.screen = self.page = self.place = self.fragment = ""
        self.form: dict[str, Any] = {}

    async def visit(self, screen: str) -> None:
        """Opens a screen as a browser that comes from nowhere."""
        await self.leave()
        self.query, self.screen, self.page, self.form = "", screen, "", {}
        self.socket = await connect(
            self.address, additional_headers=self.headers, subprotocols=["streamlit"], max_size=None
        )
        await self._run(BackMsg())

    async def press(self, act: dict[str, Any]) -> None:
        """Sends what was pressed on the form, and waits until the whole answer is there."""
        asked = BackMsg()
        asked.rerun_script.fragment_id = self.fragment
        kept = asked.rerun_script.widget_states.widgets.add()
        kept.id, kept.json_value = self.place, "{}"
        pressed = asked.rerun_script.widget_states.widgets.add()
        pressed.id = EVENTS.format(self.place)
        pressed.json_trigger_value = json.dumps([{"event": "act", "value": act}])
        await self._run(asked)

    async def again(self) -> None:
        """Has the screen run once more."""
        await self._run(BackMsg())

    async def leave(self) -> None:
        """Goes, or loses the connection: to the server it is the same."""
        if self.socket is not None:
            await self.socket.close()
            self.socket = None

    async def _run(self, asked: BackMsg) -> None:
        assert self.socket is not None
        state = asked.rerun_script
        state.query_string, state.page_name, state.page_script_hash = self.query, self.screen, self.page
        state.context_info.timezone, state.context_info.locale = "Asia/Ho_Chi_Minh", "vi-VN"
        await self.socket.send(asked.SerializeToString())
        async for payload in self.socket:
            message = ForwardMsg()
            message.ParseFromString(payload)
            if self._ends(message):
                return
        raise ConnectionError

    def _ends(self, message: ForwardMsg) -> bool:
        """Keeps what a message says; whether the answer ends with it."""
        kind = message.WhichOneof("type")
        if kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            made = message.delta.new_element.bidi_component
            if made.component_name == "solieu_form":
                self.form, self.place, self.fragment = json.loads(made.json), made.id, message.delta.fragment_id
        return kind == "script_finished" and message.script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
        )


class Seat:
    """A person at the wire, as ``benchmarks.reviewers`` moves one."""

    def __init__(self, url: str, headers: dict[str, str], patience: float) -> None:
        self.wire = Wire(url, headers)
        self.patience = patience

    async def visit(self, screen: str) -> None:
        """Opens a screen and waits until it stands there."""
        async with asyncio.timeout(self.patience):
            await self.wire.visit(screen)

    def waiting(self) -> list[int]:
        """The records that an Enter decides now."""
        form = self.wire.form
        return [row["id"] for row in form["rows"] if not row["closed"]] if form["kind"] == "sentence" else [form["id"]]

    async def type_value(self, value: str) -> None:
        """Types over the first value that waits."""
        form = self.wire.form
        if form["kind"] == "card":
            form["typed"] = {"value": value}
        else:
            next(row for row in form["rows"] if not row["closed"])["typed"] = {"value": value}

    async def enter(self) -> None:
        """Presses Enter and waits for the next record."""
        form = self.wire.form
        told = {"act": "accept", "kind": form["kind"], "id": form["id"]}
        if form["kind"] == "card":
            told |= {"version": form["version"], "typed": form.get("typed", {})}
        else:
            told["rows"] = [
                {"typed": {}, **{k: row[k] for k in ("id", "version", "closed", "typed") if k in row}}
                for row in form["rows"]
            ]
        async with asyncio.timeout(self.patience):
            await self.wire.press(told)
        if self.wire.form["id"] == form["id"]:
            raise ConnectionError

    async def lose_connection(self) -> None:
        """Is cut off, and comes back after two seconds."""
        await self.wire.leave()
        await asyncio.sleep(2)
        await self.visit("")

    async def close(self) -> None:
        """Goes home."""
        await self.wire.leave()
