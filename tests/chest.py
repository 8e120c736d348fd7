"""A keyring for the tests: holds one password, `geheim`, for the service and the user `radiary`."""

from keyring.backend import KeyringBackend


class Chest(KeyringBackend):
    priority = 1  # type: ignore[assignment]  # keyring's own backends set a plain number, too

    def get_password(self, service: str, username: str) -> str | None:
        return "geheim" if (service, username) == ("radiary", "radiary") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("Radiary only reads")
