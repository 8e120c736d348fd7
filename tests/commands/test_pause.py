from pathlib import Path

import exports
from services import Service


def test_a_paused_service_begins_nothing_until_it_is_resumed_and_status_says_so(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    assert "until `radiary resume`" in service.command("pause").stdout
    with service:
        exports.zipped(service.downloads / "a.zip", exports.ct_files(1))
        service.wait_for("queued")
        service.wait(lambda: service.pulse().get("paused") == "paused")
        assert "it is paused" in service.command("status").stdout
        service.stop()
        service.start()
        service.wait(lambda: service.pulse().get("paused") == "paused")
        assert service.facts("started") == []
        assert "It goes on" in service.command("resume").stdout
        service.wait_for("filed")
        service.wait(lambda: service.pulse().get("paused") is None)
        assert "it is paused" not in service.command("status").stdout
    assert "It was not paused" in service.command("resume").stdout


def test_a_service_that_runs_is_paused_at_once(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    with service:
        service.command("pause")
        service.wait(lambda: service.pulse().get("paused") == "paused")
