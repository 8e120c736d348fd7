"""What a service that runs on a terminal is watched by."""

from collections.abc import Mapping
from typing import Any, Protocol

from radiary.model.events import Event
from radiary.settings import Settings


class Display(Protocol):
    """Shows a service at work to whoever started it; called from several threads."""

    def ready(self, settings: Settings) -> None:
        """The service watches, also anew after its settings changed."""

    def heard(self, event: Event) -> None:
        """A fact was written down."""

    def progress(self, pulse: Mapping[str, Any] | None) -> None:
        """A sign of life; None when the service ends."""
