"""The llm engine: meetings read, judged and questioned by a language model behind an OpenAI-compatible server."""

from analyzer.engines.llm.engine import Cache, LlmEngine
from analyzer.engines.llm.server import is_private

__all__ = ["Cache", "LlmEngine", "is_private"]
