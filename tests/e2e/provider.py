"""A small OIDC provider on loopback: discovery, log-in without questions, tokens signed with RS256, PKCE checked."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlparse

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, PASSWORD = "solieu", "a-secret-of-the-test"
KEY = RSAKey.generate_key(2048, parameters={"kid": "test", "use": "sig", "alg": "RS256"})


class Provider(ThreadingHTTPServer):
    """Logs in whoever ``claims`` says, without asking."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.claims: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.refused: list[str] = []


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        address = urlparse(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/.well-known/openid-configuration":
            issuer = self.server.issuer
            self.send(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "jwks_uri": f"{issuer}/keys",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "code_challenge_methods_supported": ["S256"],
                }
            )
        elif address.path == "/keys":
            self.send({"keys": [KEY.as_dict(private=False)]})
        elif address.path == "/authorize":
            code = secrets.token_urlsafe(16)
            self.server.codes[code] = asked
            self.send_response(302)
            answer = urlencode({"code": code, "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{answer}")
            self.end_headers()
        else:
            self.send({"error": "not_found"}, status=404)

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        given = {name: values[0] for name, values in body.items()}
        asked = self.server.codes.pop(given.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        basic = base64.b64encode(f"{CLIENT}:{PASSWORD}".encode()).decode()
        known = self.headers.get("Authorization") == f"Basic {basic}" or given.get("client_secret") == PASSWORD
        if asked is None or not known or challenge.decode().rstrip("=") != asked.get("code_challenge"):
            self.server.refused.append(self.path)
            self.send({"error": "invalid_grant"}, status=400)
            return
        now = int(time.time())
        claims = {
            "iss": self.server.issuer,
            "aud": CLIENT,
            "sub": self.server.claims.get("email", "?"),
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
            **self.server.claims,
        }
        token = jwt.encode({"alg": "RS256", "kid": "test"}, claims, KEY)
        self.send({"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": token})

    def send(self, answer: dict[str, Any], *, status: int = 200) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that answers until the test is over."""
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join()


def secrets_file(provider: Provider, app: str) -> str:
    """What the app must know of the provider, as TOML."""
    return "\n".join(
        (
            "[auth]",
            f'redirect_uri = "{app}/oauth2callback"',
            f'cookie_secret = "{secrets.token_hex(32)}"',
            f'client_id = "{CLIENT}"',
            f'client_secret = "{PASSWORD}"',
            f'server_metadata_url = "{provider.issuer}/.well-known/openid-configuration"',
        )
    )
