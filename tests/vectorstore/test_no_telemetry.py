"""The library that runs the models in the box tells nobody of it."""

import os
import subprocess
import sys


def test_onnxruntime_finds_its_telemetry_off_before_it_is_loaded() -> None:
    looked = (
        "import os, sys, vectorstore; assert 'onnxruntime' not in sys.modules; print(os.environ['ORT_DISABLE_TELEMETRY']);"
        "import vectorstore.onnx; assert 'onnxruntime' in sys.modules"
    )
    without = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run([sys.executable, "-c", looked], env=without, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
