"""The llm engine: meetings read, judged and questioned by a language model."""

from analyzer.engines.llm.asked import Asked
from analyzer.engines.llm.asking import Asker, Cache, Request
from analyzer.engines.llm.engine import LlmEngine
from analyzer.engines.llm.wording import load_all

__all__ = ["Asked", "Asker", "Cache", "LlmEngine", "Request", "load_all"]
