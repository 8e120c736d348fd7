"""Radiary files a person's own scans, anonymized and dated, and tells their story."""

__version__ = "0.1.0"
