"""Exit codes: what a script may rely on."""

from __future__ import annotations

DONE = 0
SOME_FAILED = 1  # some files were not read, a score fell below its floor, models/ contradict themselves
USAGE = 2  # the command cannot be carried out as typed: wrong option, unwritable output, store that is not there
NOTHING_READ = 3
SLIPS_FOUND = 4  # solieu check: something fails, or with --strict warns
FAULT = 70  # EX_SOFTWARE of sysexits.h: a fault of ours
INTERRUPTED = 130  # 128 + SIGINT
PIPE_CLOSED = 141  # 128 + SIGPIPE
