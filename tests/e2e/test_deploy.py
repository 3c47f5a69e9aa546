"""docs/deploy as a team would run it: the proxy of the guide in front of the app, on PostgreSQL, over TLS."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from extractor.archive.row_types import Role
from extractor.archive.store import Store
from tests.archive.sample import build
from tests.e2e.conftest import CHROMIUM, FLAGS, Server, await_card, new_context
from tests.waiting import HANG, starts_processes, until

pytestmark = starts_processes

NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").is_file() else None)
HOST = "solieu.example.vn"
PEOPLE = {"an@example.vn": "mat-khau-1", "binh@example.vn": "mat-khau-2"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def prepare(folder: Path, root: Path, *, app: int) -> tuple[Path, int]:
    """The guide's configuration with this machine's ports and files, and the port it serves."""
    secure, plain = free_port(), free_port()
    certify = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={HOST}"
    files = ["-keyout", "privkey.pem", "-out", "fullchain.pem"]
    subprocess.run([*certify.split(), *files], cwd=folder, check=True, capture_output=True)
    lines = []
    for name, word in PEOPLE.items():
        made = subprocess.run(["openssl", "passwd", "-apr1", word], check=True, capture_output=True, text=True)
        lines.append(f"{name}:{made.stdout.strip()}")
    (folder / "people").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for file in folder.iterdir():
        file.chmod(0o644)
    folder.chmod(0o755)
    body = (root / "docs" / "deploy" / "nginx.conf.template").read_text(encoding="utf-8")
    for written, here in (
        ("${SOLIEU_HOST}", HOST),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
        ("/etc/nginx/tls/", f"{folder}/"),
        ("/etc/nginx/people", f"{folder}/people"),
        ("127.0.0.1:8501", f"127.0.0.1:{app}"),
    ):
        assert written in body
        body = body.replace(written, here)
    config = folder / "nginx.conf"
    user = "user root;" if Path("/root").exists() and Path.home() == Path("/root") else ""
    config.write_text(
        f"{user} daemon off; pid {folder}/pid; error_log stderr; events {{}} http {{ access_log off; {body} }}",
        encoding="utf-8",
    )
    return config, secure


@pytest.fixture
def office(postgres: Any, tmp_path: Path, root: Path) -> Iterator[tuple[Store, int]]:
    """The store of a team and the port of its proxy."""
    if NGINX is None or CHROMIUM is None:
        pytest.skip("no nginx or no Chromium on this machine")
    name = f"office_{free_port()}"
    admin = sqlalchemy.create_engine(postgres.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    address = postgres.get_uri(database=name, driver="psycopg")
    server = Server(address, {"SOLIEU_TEAM": "X-Remote-User", "SOLIEU_HOSTS": HOST, "SOLIEU_ADMIN": "an@example.vn"})
    server.start()
    config, port = prepare(tmp_path, root, app=server.port)
    proxy = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(config)], stderr=subprocess.DEVNULL)
    store = Store.open(address)
    try:
        until(lambda: proxy.poll() is not None or listens(port))
        yield store, port
    finally:
        proxy.terminate()
        proxy.wait()
        server.kill()
        store.close()
        with admin.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        admin.dispose()


def test_a_team_works_through_the_proxy_of_the_guide(browser: Any, office: tuple[Store, int]) -> None:
    store, port = office
    assert store.people() == {"an@example.vn": Role.ADMIN}
    store.admit("binh@example.vn", Role.REVIEWER, by="an@example.vn")
    extraction, content = build()
    store.add_extraction(extraction, content, actor="an@example.vn")
    resolving = browser.browser_type.launch(
        executable_path=CHROMIUM,
        args=[*FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"],
        timeout=1000 * HANG,
    )
    context = new_context(
        resolving,
        ignore_https_errors=True,
        http_credentials={"username": "binh@example.vn", "password": PEOPLE["binh@example.vn"]},
        extra_http_headers={"X-Remote-User": "an@example.vn"},  # a forged name: the proxy writes its own over it
    )
    page = context.new_page()
    page.goto(f"https://{HOST}:{port}/?mode=card")
    await_card(page)
    assert page.get_by_text("binh@example.vn").first.is_visible()
    page.keyboard.press("Enter")
    page.get_by_text("Đã chấp nhận 162").wait_for()
    assert [line.actor for line in store.events(kinds=["accept"])] == ["binh@example.vn"]
    stranger = new_context(resolving, ignore_https_errors=True)
    assert stranger.request.get(f"https://127.0.0.1:{port}/", headers={"Host": HOST}).status == 401
    resolving.close()
    assert store.verify() == []


def test_the_compose_file_lets_only_the_proxy_out(root: Path) -> None:
    import yaml

    compose = yaml.safe_load((root / "docs" / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert services["proxy"]["network_mode"] == "service:app"
    assert services["app"]["ports"] == ["80:80", "443:443"]
    assert "ports" not in services["db"]
    assert services["db"]["networks"] == ["inside"]
    assert compose["networks"]["inside"]["internal"] is True
    assert services["app"]["read_only"] is True
    assert "solieu app" not in str(services["app"].get("command"))  # the image's own command, which stays on loopback
    for named in services["proxy"]["volumes"]:
        source = named.split(":")[0].removeprefix("./")
        assert source in ("people", "tls") or (root / "docs" / "deploy" / source).is_file()
