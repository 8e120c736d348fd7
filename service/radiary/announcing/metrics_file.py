"""What the metrics file holds, in Prometheus's text format; its node exporter's textfile collector reads such files."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from radiary.announcing.figures import Figures


def content(found: Figures, pulse: Mapping[str, Any], *, is_running: bool) -> bytes:
    """Gauges, all of them numbers; times are seconds since 1970."""
    registry = CollectorRegistry()

    def gauge(name: str, says: str, value: float, **labels: str) -> None:
        known = gauges.get(name) or Gauge(f"radiary_{name}", says, tuple(labels), registry=registry)
        gauges[name] = known
        (known.labels(**labels) if labels else known).set(value)

    gauges: dict[str, Gauge] = {}
    gauge("up", "1 while the service runs.", is_running)
    gauge("heartbeat_timestamp_seconds", "The last sign of life.", _seconds(datetime.fromisoformat(pulse["at"])))
    gauge("paused", "1 while nothing can be worked at, or is to be.", bool(pulse.get("paused")))
    gauge("folders_away", "Watched folders that cannot be looked into.", len(pulse.get("away", {})))
    gauge("arriving", "Downloads that are still arriving, or incomplete.", pulse.get("arriving", 0))
    working = pulse.get("working") or {}
    for state in ("done", "total"):
        gauge("working_files", "Files of the download that is worked at.", working.get(state, 0), state=state)
    for end in ("filed", "pending", "locked", "rejected"):
        gauge("downloads", "Downloads by what became of them.", getattr(found, end), end=end)
    gauge("exams", "Exams in the library.", found.exams)
    gauge("held_pictures", "Pictures on the private shelf.", found.held)
    gauge("last_filed_timestamp_seconds", "When something was filed last; 0 before.", _seconds(found.last_filed))
    return generate_latest(registry)


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
