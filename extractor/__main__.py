"""The command ``solieu``: words typed at a prompt come in, an exit code goes out.

Whatever happens below, a person sees a sentence, never a traceback. Set SOLIEU_TRACEBACK=1 to see the traceback of a
fault after all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    if typed[:1] == ["ingest"]:  # what its workers need takes longer to load than all the rest
        from extractor.archive.batch.forkserver import foresee

        foresee(typed)
    from extractor.commands.command_line import run
    from extractor.commands.terminal import exit_codes
    from extractor.commands.terminal.console import Console
    from extractor.commands.terminal.crash_message import confess, refusal
    from extractor.commands.terminal.parser import wanted_language
    from extractor.domain.errors import SolieuError
    from extractor.domain.extras import missing_extra

    console = Console(wanted_language(typed, os.environ))
    try:
        code = run(typed, console)
        console.flush()
    except SolieuError as error:
        console.complain(error.say(console.language))
        return exit_codes.USAGE
    except KeyboardInterrupt:
        console.warn("interrupted")
        return exit_codes.INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough: `solieu extract … | head`
        console.give_up()
        return exit_codes.PIPE_CLOSED
    except OSError as error:
        console.give_up()
        console.warn("refused", name=error.filename or "-", reason=refusal(console, error))
        return exit_codes.USAGE
    except Exception as error:  # the last stand before the user: ours to mend, said in a sentence
        told = missing_extra(error) if isinstance(error, ImportError) else None
        if told:
            console.complain(told.say(console.language))
            return exit_codes.USAGE
        if os.environ.get("SOLIEU_TRACEBACK"):
            raise
        confess(console, error, "solieu")
        return exit_codes.FAULT
    return code


if __name__ == "__main__":
    sys.exit(main())
