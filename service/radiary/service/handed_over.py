"""Exports that `radiary once` hands over to the service that runs, and the answers it waits for."""

import json
import logging
from pathlib import Path

from radiary.ingest import by_hand
from radiary.ingest.attempt import Attempts
from radiary.ingest.error_facts import place_in_code
from radiary.model.errors import RadiaryError, Stopping
from radiary.model.events import Filed
from radiary.service.heartbeat import Heartbeat
from radiary.state.folder import Request, State

log = logging.getLogger("radiary")

_INTERNAL = "A mistake in Radiary kept it from being filed. Please report it: `radiary report` writes what helps to find it."


class HandedOver:
    """Files them one after another, before anything of the queue."""

    def __init__(self, state: State, attempts: Attempts, heartbeat: Heartbeat) -> None:
        self._state = state
        self._attempts = attempts
        self._heartbeat = heartbeat

    def file_all(self) -> bool:
        """Whether anything was filed. Raises Stopping, and OSError when the ledger cannot be written: they are tried again."""
        is_filed = False
        for request in self._state.handed_over():
            said = self._answer(request)
            self._state.answer(request.path.name.partition("-")[2], json.dumps(said).encode())
            request.delete()
            is_filed |= said.get("type") == Filed.__name__.lower()
            self._heartbeat.idle(None)
        return is_filed

    def _answer(self, request: Request) -> dict[str, object]:
        try:
            asked = json.loads(request.said)
            path, again = Path(asked["path"]), bool(asked["again"])
        except (ValueError, KeyError, TypeError):
            return {"error": "It was not understood; `radiary once` is of another version than the service. Restart the service."}
        log.info("an export that was handed over: started")
        try:
            ended = by_hand.file(
                path, self._attempts, again=again, progress=self._heartbeat.working("handed over"), tick=self._heartbeat.alive
            )
        except Stopping:
            raise
        except RadiaryError as error:
            return {"error": str(error), "reason": error.reason()}
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - what was handed over must not keep the queue waiting
            log.error("an export that was handed over: internal error, %s", place_in_code(error))
            return {"error": _INTERNAL}
        log.info("an export that was handed over: %s", ended.event.type)
        event = json.loads(ended.event.line)
        return {"type": ended.event.type, "event": event, "stood": ended.stood, "again": ended.again}
