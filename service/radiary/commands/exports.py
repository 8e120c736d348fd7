"""What a person asks for about exports: done at once, or by the service when it runs."""

import getpass
import sys
from collections.abc import Sequence

from radiary.commands.speaking import console, spoken
from radiary.language import marked
from radiary.model.errors import AlreadyRunning, Mistaken
from radiary.model.events import AwaitingOwner, Event, Filed, Forgotten, Queued, Rejected
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.ledger import Ledger
from radiary.state.queue import Queue, Standing, folded


def retry(settings: Settings, exports: Sequence[str]) -> int:
    """Queue exports again; without any named, all that were rejected."""
    return _wish("retry", exports, settings, kind=Rejected)


def forget(settings: Settings, exports: Sequence[str]) -> int:
    """Let exports be shown and tried no more."""
    return _wish("forget", exports, settings, kind=Rejected)


def unlock(settings: Settings, exports: Sequence[str], *, forgets: bool, asks_keyring: bool) -> int:
    """Take a password, from the prompt or the keyring and never as an argument, and try what waits for one."""
    state = State(settings.state)
    if forgets:
        state.passwords.forget()
        console.say("No password is remembered any more.")
        console.answer(done=True, exports=[])
        return 0
    queue = folded(ledger.read(state.ledger))
    if any(not _may_be_locked(queue.exports[_found(queue, one)]) for one in exports):
        raise Mistaken("This export is not locked; `radiary status` shows which one is.")
    locked = [digest for digest, standing in queue.exports.items() if isinstance(standing.last, AwaitingOwner)]
    console.show_names(state, locked)
    password = _from_keyring() if asks_keyring else _from_prompt()
    if not password:
        raise Mistaken("No password was given.")
    state.passwords.add(password)
    state.ask("wake", "now")
    left = queue.left_locked()
    done = _wish("retry", exports, settings, kind=AwaitingOwner) if locked or exports else 0
    if not (locked or exports or left):
        console.say("Nothing waits for a password just now. This one is remembered, and tried on what is at work and what comes.")
        console.answer(done=True, exports=[])
    if left:
        console.say(
            "Something locked was left out of %(exports)s. The service looks into what of that still lies in a watched folder; "
            "`radiary once FILE` does it at once.",
            exports=spoken.count("%(number)s export", "%(number)s exports", len(left)),
        )
    if left and not (locked or exports):
        console.answer(done=False, exports=left)
    return done


def _may_be_locked(standing: Standing) -> bool:
    """Whether it waits for a password, or is being tried just now: it may turn out to be locked."""
    return standing.conclusion is None or isinstance(standing.last, AwaitingOwner)


def _wish(wish: str, named: Sequence[str], settings: Settings, *, kind: type[Event]) -> int:
    state = State(settings.state)
    queue = folded(ledger.read(state.ledger))
    chosen = [_found(queue, one) for one in named] or [
        digest for digest, standing in queue.exports.items() if isinstance(standing.last, kind)
    ]
    many = spoken.count("%(number)s export", "%(number)s exports", len(chosen))
    if not chosen:
        console.say("There is no export to do that with.")
        console.answer(done=True, exports=[])
        return 0
    if wish == "retry" and any(isinstance(queue.exports[digest].last, Filed) for digest in chosen):
        raise Mistaken("It is filed already; `radiary once` on its file brings back what is missing.")
    if wish == "forget" and any(isinstance(queue.exports[digest].last, Filed) for digest in chosen):
        raise Mistaken("It is filed already, and its pictures stay. `radiary remove` takes an exam out of the library.")
    console.show_names(state, chosen)
    is_done = _is_carried_out(wish, chosen, state, queue=queue)
    if not is_done:
        console.say(_BY_SERVICE[wish], exports=many)
    else:
        console.say("Forgotten: %(exports)s." if wish == "forget" else "Noted: %(exports)s. `radiary run` goes on.", exports=many)
    console.answer(done=is_done, exports=chosen)
    return 0


def _is_carried_out(wish: str, chosen: Sequence[str], state: State, *, queue: Queue) -> bool:
    """Write it down; where a service runs, it is left to that."""
    try:
        with state.locked():
            made = Ledger(state.ledger)
            for digest in chosen:
                made.append(*_facts(wish, queue, digest))
            made.close()
            if wish == "forget":
                state.names.forget(chosen)
    except AlreadyRunning:
        for digest in chosen:
            state.ask(wish, digest)
        return False
    return True


_BY_SERVICE = {
    "retry": marked("The service goes on with %(exports)s within seconds; `radiary status` shows how it ends."),
    "forget": marked("The service forgets %(exports)s within seconds; `radiary status` shows how it ends."),
}


def _facts(wish: str, queue: Queue, digest: str) -> list[Event]:
    standing = queue.exports[digest]
    if wish == "forget":
        return [Forgotten(export=digest)]
    if isinstance(standing.conclusion, Filed):
        return []
    return [standing.queued or Queued(export=digest, kind="zip", size=0)]


def _found(queue: Queue, digits: str) -> str:
    known = [digest for digest in queue.exports if digest.startswith(digits.lower())]
    if len(digits) < 4:
        raise Mistaken("Give at least the first four of the digits that `radiary status` shows.")
    if len(known) != 1:
        several = "More than one export begins with these digits; `radiary status` shows them."
        raise Mistaken(marked("No export begins with these digits; `radiary status` shows them.") if not known else several)
    return known[0]


def _from_prompt() -> str:
    if not sys.stdin.isatty():
        return console.typed(sys.stdin.readline())
    try:
        return getpass.getpass(spoken.say("Password of the archive: "))
    except EOFError:
        return ""


def _from_keyring() -> str:
    try:
        import keyring
        import keyring.errors
    except ModuleNotFoundError:
        raise Mistaken("The keyring needs the extra `radiary[keyring]`.") from None
    try:
        password: str | None = keyring.get_password("radiary", "radiary")
    except keyring.errors.KeyringError:
        raise Mistaken("There is no keyring on this computer; run `radiary unlock` without --keyring.") from None
    return password or ""
