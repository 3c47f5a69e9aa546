"""The review app: one module a screen, thin over the archive and statistics.

Nothing that matters lives in the browser session: what is shown is in the address, what is decided is in the store.
Text from reports is shown by ``textContent`` and plain-text widgets only, never as HTML or Markdown.
"""
