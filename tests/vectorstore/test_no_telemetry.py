"""The library that runs the models in the box tells nobody of it."""

import os
import re
import subprocess
import sys

from tests.running import ROOT


def test_onnxruntime_finds_its_telemetry_off_before_it_is_loaded() -> None:
    looked = (
        "import os, sys, vectorstore; assert 'onnxruntime' not in sys.modules; print(os.environ['ORT_DISABLE_TELEMETRY']);"
        "import vectorstore.onnx; assert 'onnxruntime' in sys.modules"
    )
    without = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run([sys.executable, "-c", looked], env=without, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_nobody_loads_onnxruntime_without_what_keeps_it_silent() -> None:
    after_vectorstore = {"vectorstore/onnx.py", "scripts/build_embedder.py"}
    loading = {
        str(path.relative_to(ROOT))
        for folder in ("analyzer", "vectorstore", "prompts", "scripts", "benchmarks", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"^\s*(import|from) onnxruntime", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert loading == after_vectorstore
