"""Rules of the house that a reader of the code could miss: no HTML from text, no number widgets, one language table."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from extractor.ui import serve
from extractor.ui.components import LABEL, streamlit_words

FORBIDDEN = {"number_input", "NumberColumn", "html", "iframe", "declare_component"}


def sources(root: Path) -> list[Path]:
    return [root / "app.py", *sorted((root / "extractor" / "ui").rglob("*.py"))]


def test_no_widget_that_guesses_numbers_and_no_raw_html(root: Path) -> None:
    for path in sources(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in FORBIDDEN, f"{path.name}: {node.attr}"
            if isinstance(node, ast.keyword):
                assert node.arg != "unsafe_allow_html", path.name


def test_the_components_never_build_html_from_data(root: Path) -> None:
    for path in (root / "extractor" / "ui").rglob("*.js"):
        code = path.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch("):
            assert way not in code, f"{path.name}: {way}"


def test_the_server_keeps_to_this_machine() -> None:
    chosen = serve.settings("127.0.0.1", 8501)
    assert chosen["server.address"] == "127.0.0.1"
    assert chosen["server.enableXsrfProtection"] is True
    assert chosen["server.enableCORS"] is True
    assert chosen["server.enableStaticServing"] is False
    assert chosen["server.enableAgentApi"] is False
    assert chosen["client.showErrorDetails"] == "none"
    assert chosen["browser.gatherUsageStats"] is False
    assert chosen["server.fileWatcherType"] == "none"
    assert chosen["server.maxUploadSize"] <= 50
    assert "*" not in chosen["server.allowedHosts"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org"])
def test_an_address_that_others_reach_is_refused(host: str) -> None:
    from extractor.domain.errors import InvalidInput

    with pytest.raises(InvalidInput):
        serve.run(host=host)


def test_the_settings_are_ones_that_streamlit_has() -> None:
    from streamlit import config

    for name in serve.settings("127.0.0.1", 8501):
        config.get_option(name)


def test_a_team_is_known_by_its_proxys_header_only() -> None:
    chosen = serve.settings("127.0.0.1", 8501, header="X-Remote-User", names="solieu.example.vn, ")
    assert chosen["server.trustedUserHeaders"] == {"X-Remote-User": "email"}
    assert "solieu.example.vn" in chosen["server.allowedHosts"]
    assert serve.settings("127.0.0.1", 8501)["server.trustedUserHeaders"] == {}
    assert serve.settings("127.0.0.1", 8501, header="oidc")["server.trustedUserHeaders"] == {}


def test_a_port_in_use_is_said_in_words(tmp_path: Path) -> None:
    import socket

    from extractor.domain.errors import InvalidInput

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InvalidInput, match="--port"):
            serve.run(store=str(tmp_path / "s.sqlite"), port=taken.getsockname()[1])
    with pytest.raises(InvalidInput):
        serve.run(store=str(tmp_path / "s.sqlite"), port=70_000)


def test_small_answers_leave_at_once_and_who_comes_early_waits() -> None:
    import socket

    with (
        serve._listen("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as met,
    ):
        assert met.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_streamlit_still_says_what_we_say_for_it() -> None:
    import streamlit

    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    code = "\n".join(path.read_text(encoding="utf-8", errors="ignore") for path in folder.glob("*.js"))
    said = streamlit_words("vi")
    assert len(said) > 20
    assert set(streamlit_words("en")) < set(said)  # why a file is not taken, without the name of its type
    assert [english for english in said if english.removeprefix("…") not in code] == []
    assert [english for english in streamlit_words("vi", LABEL) if english not in code] == []


@pytest.mark.parametrize("content", [None, "", "[auth]\nclient_id = 'x'", "not toml ="])
def test_a_team_without_its_provider_is_told_so_before_anything_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    from extractor.domain.errors import InvalidInput

    file = tmp_path / "secrets.toml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    monkeypatch.setenv("SOLIEU_TEAM", "oidc")
    monkeypatch.setenv("SOLIEU_SECRETS", str(file))
    with pytest.raises(InvalidInput, match="SOLIEU_SECRETS"):
        serve.run(store=str(tmp_path / "s.sqlite"))
    assert not (tmp_path / "s.sqlite").exists()
