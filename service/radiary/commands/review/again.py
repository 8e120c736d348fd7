"""`radiary review --again`: what was held for want of a reader of text is looked at now."""

from radiary.commands.speaking import console, spoken
from radiary.ingest.searching_again import SearchingAgain
from radiary.model.errors import AlreadyRunning
from radiary.model.events import Event, LookedAgain
from radiary.service import wiring
from radiary.settings import Settings
from radiary.state.folder import State


def search_again(settings: Settings) -> int:
    """Search it, or have the service do so; 1 when there is still no reader."""
    told: list[LookedAgain] = []
    try:
        with wiring.started(settings) as parts:

            def tell(event: Event) -> None:
                parts.attempts.tell(event)
                told.extend([event] if isinstance(event, LookedAgain) else [])

            searching = SearchingAgain(parts.bench, parts.queue, tell)
            trouble = searching.trouble()
            if trouble:
                console.remark("Nothing was looked at: a picture %(why)s.", why=spoken.explain(trouble))
                console.answer(done=False, cleared=0, reason=trouble)
                return 1
            searching.ask()
            with console.busy("Radiary is at it …"):
                while searching.step()[1]:
                    pass
                parts.chronicle()
    except AlreadyRunning:
        State(settings.state).ask("look", "again")
        console.say("The service looks at it as soon as nothing else is to do.")
        console.answer(done=False, cleared=0, reason=None)
        return 0
    cleared = sum(event.cleared for event in told)
    console.answer(done=True, cleared=cleared, reason=None)
    console.say("Cleared and filed in the library: %(number)s. What is still held: `radiary review`.", number=cleared)
    return 0
