"""Radiary files a person's own scans, anonymized and dated, and tells their story."""

import os

__version__ = "0.1.0"

# ONNX Runtime, which reads text in pictures, would send its maker word of each run; it asks once, when it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = os.environ["ORT_TELEMETRY_DISABLED"] = "1"
