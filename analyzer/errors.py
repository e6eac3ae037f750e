"""Every error that Analyzer raises on purpose.

    AnalyzerError              cannot do what was asked; one line for the user, and what to do next
    |- UsageError              the arguments do not fit together (exit 2)
    |- NotFound                no such client, meeting, turn
    |- Ambiguous               a prefix that fits several
    |- NeedsClient             which client is meant cannot be told
    |- Refused                 a file that cannot be read as a transcript; nothing of it is kept
    |- SettingsError           settings.toml, an environment variable or a flag is wrong
    |- PracticeError           practice.toml is missing or wrong
    |- PromptUnusable          a person's own copy of a prompt would not work
    |- StoreError              the record cannot be opened, read or written
    |- ArchiveUnusable         a backup or handover that is damaged, newer or none of ours; nothing of it is used
    |- PassageIndexError       the passage index cannot be used (the record is unharmed)
    |  '- IndexRenewed         it was begun anew under whoever used it; once filled from the record it can be used
    |- KeyringUnusable         the system's keyring is not there, is locked, or would write plain text
    '- EngineError             an engine could not read or answer; what is stored stays stored
       |- ProviderMissing      the provider of the model is not known, or its package is not installed
       |- KeyMissing           no key for the model's server
       |- KeyRefused           the server refused the key (401, 403)
       |- ServerUnreachable    no connection, or a time-out
       |- RateLimited          the server asks to wait (429)
       |- RequestRefused       the server refused this request (400)
       |  |- ContextTooLong    it is longer than the model takes in at once; a smaller part may do
       |  '- ModelDeclined     the model, or a content filter, would not answer this
       |- AnswerUnusable       the answer is not in the form that was asked for
       |  '- AnswerCutOff      it ended before it was complete; a smaller part may do
       |- EngineForbidden      the client is kept offline, or the engine was not chosen
       '- NotAgreed            much would have been sent to a model, and nobody agreed to it

Expected outcomes (already uploaded, nothing found, too little evidence) are return values, never errors.
"""

from collections.abc import Mapping
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


class PromptUnusable(AnalyzerError):
    """`file` is the one that is wrong: `read/system.md`."""

    code = "prompt_unusable"

    def __init__(self, message: str, hint: str = "", *, file: str = "") -> None:
        super().__init__(message, hint)
        self.file = file


class StoreError(AnalyzerError):
    code = "store"


class ArchiveUnusable(AnalyzerError):
    code = "archive"


class PassageIndexError(AnalyzerError):
    code = "index"


class IndexRenewed(PassageIndexError):
    """What belongs in the index is to be put in again (`usecases.indexing`), and what was to be done is to be done once more."""


class KeyringUnusable(AnalyzerError):
    code = "keyring"


class EngineError(AnalyzerError):
    """`usage` is what was paid for all the same: `calls`, `input_tokens`, `output_tokens`; empty where nothing was."""

    code = "engine"

    def __init__(self, message: str, hint: str = "", usage: Mapping[str, int] | None = None) -> None:
        super().__init__(message, hint)
        self.usage: dict[str, int] = dict(usage or {})


class ProviderMissing(EngineError):
    code = "provider_missing"


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


class ContextTooLong(RequestRefused):
    code = "context_too_long"


class ModelDeclined(RequestRefused):
    code = "model_declined"


class AnswerUnusable(EngineError):
    code = "answer_unusable"


class AnswerCutOff(AnswerUnusable):
    code = "answer_cut_off"


class EngineForbidden(EngineError):
    code = "engine_forbidden"


class NotAgreed(EngineError):
    code = "not_agreed"
