"""`radiary pause` and `radiary resume`: whether the service begins exports."""

from radiary.commands.speaking import console
from radiary.settings import Settings
from radiary.state.folder import State


def pause(settings: Settings) -> int:
    """Have no export begun; one that is under way goes on to its end."""
    state = State(settings.state)
    state.pause()
    _wake(state)
    console.answer(paused=True)
    console.say("Paused: no download is begun until `radiary resume`. What is under way goes on to its end.")
    return 0


def resume(settings: Settings) -> int:
    """Have exports begun again."""
    state = State(settings.state)
    was_paused = state.resume()
    _wake(state)
    console.answer(paused=False)
    console.say("It goes on.") if was_paused else console.say("It was not paused.")
    return 0


def _wake(state: State) -> None:
    if state.is_locked():
        state.ask("wake", "now")
