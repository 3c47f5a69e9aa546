"""The files of Streamlit's front end are answered from memory, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.ui import components

PASSED_ON = [{"type": "passed on"}]


def asked(address: str, method: str = "GET") -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def app(_: object, __: object, send: Any) -> None:
        await send(PASSED_ON[0])

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": address, "headers": []}
    answering = components.FrontEnd(app)(scope, None, send)  # type: ignore[arg-type]
    with pytest.raises(StopIteration):  # it waits for nothing, so it needs no loop: a browser test may have one here
        answering.send(None)
    return sent


def test_a_file_of_the_front_end_is_answered_whole_and_kept_for_good() -> None:
    for pattern, kind in (("js/index.*.js", b"text/javascript"), ("css/index.*.css", b"text/css")):
        file = next((components.FRONT_END / "static").glob(pattern))
        for _ in range(2):
            head, body = asked(f"/{file.relative_to(components.FRONT_END).as_posix()}")
            assert body["body"] == file.read_bytes()
            headers = dict(head["headers"])
            assert headers[b"content-type"].startswith(kind)
            assert headers[b"cache-control"] == components.LASTING.encode()


@pytest.mark.parametrize("address", ["/", "/index.html", "/static/js/none.js", "/static/../index.html", "/static"])
def test_everything_else_is_passed_on(address: str) -> None:
    assert asked(address) == PASSED_ON
    script = next((components.FRONT_END / "static" / "js").glob("index.*.js"))
    assert asked(f"/static/js/{script.name}", "POST") == PASSED_ON
