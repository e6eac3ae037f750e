"""Every error that Analyzer raises on purpose.

    AnalyzerError              cannot do what was asked; one line for the user, and what to do next
    |- UsageError              the arguments do not fit together (exit 2)
    |- NotFound                no such client, meeting, turn
    |- Ambiguous               a prefix that fits several
    |- NeedsClient             which client is meant cannot be told
    |- Refused                 a file that cannot be read as a transcript; nothing of it is kept
    |- SettingsError           settings.toml, an environment variable or a flag is wrong
    |- PracticeError           practice.toml is missing or wrong
    |- StoreError              the record cannot be opened, read or written
    |- PassageIndexError       the passage index cannot be used (the record is unharmed)
    '- EngineError             an engine could not read or answer; what is stored stays stored
       |- KeyMissing           no key for the model's server
       |- KeyRefused           the server refused the key (401, 403)
       |- ServerUnreachable    no connection, or a time-out
       |- RateLimited          the server asks to wait (429)
       |- RequestRefused       the server or the model refused this request (400, refusal, content filter)
       |- AnswerUnusable       the answer was cut off, or is not what was asked for
       '- EngineForbidden      the client is kept offline, or the engine was not chosen

Expected outcomes (already uploaded, nothing found, too little evidence) are return values, never errors.
"""

from typing import ClassVar


class AnalyzerError(Exception):
    """Something asked for cannot be done; `message` is one line, `hint` the next step, `code` is stable for programs."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(AnalyzerError):
    code = "usage"
    exit_code = 2


class NotFound(AnalyzerError):
    code = "not_found"


class Ambiguous(AnalyzerError):
    code = "ambiguous"


class NeedsClient(AnalyzerError):
    code = "needs_client"


class Refused(AnalyzerError):
    code = "refused"


class SettingsError(AnalyzerError):
    code = "settings"


class PracticeError(AnalyzerError):
    code = "practice"


class StoreError(AnalyzerError):
    code = "store"


class PassageIndexError(AnalyzerError):
    code = "index"


class EngineError(AnalyzerError):
    code = "engine"


class KeyMissing(EngineError):
    code = "key_missing"


class KeyRefused(EngineError):
    code = "key_refused"


class ServerUnreachable(EngineError):
    code = "server_unreachable"


class RateLimited(EngineError):
    code = "rate_limited"


class RequestRefused(EngineError):
    code = "request_refused"


class AnswerUnusable(EngineError):
    code = "answer_unusable"


class EngineForbidden(EngineError):
    code = "engine_forbidden"
