"""Which model is asked, where, and how: what the settings say, before anything heavy is imported."""

from dataclasses import dataclass

from analyzer.servers import OPENAI


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A model and how it is asked; the key is told apart, so that it stands in no repr.

    `base_url` None is the provider's own server. `timeout` is in seconds for one try, and `retries` come on top of it;
    `context_tokens` is how much the model takes in at once, answer included; 0 `calls_per_minute` is no limit of ours; a
    `temperature` of None and an empty `reasoning_effort` are not sent.
    """

    model: str
    provider: str = OPENAI
    base_url: str | None = None
    timeout: float = 120.0
    retries: int = 2
    context_tokens: int = 120_000
    calls_per_minute: int = 0
    temperature: float | None = None
    reasoning_effort: str = ""
