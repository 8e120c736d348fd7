"""`radiary rebuild`: a lost ledger, begun anew from what stands in the library."""

import argparse

from radiary import __version__
from radiary.commands import console
from radiary.library.assemble import filed, pictures
from radiary.library.shelf import Library
from radiary.model.errors import Unusable
from radiary.model.events import Opened, Rebuilt
from radiary.settings import Settings
from radiary.state.folder import State, fingerprint
from radiary.state.ledger import Ledger


def rebuild(_asked: argparse.Namespace, settings: Settings) -> int:
    """Begin a ledger anew from every study in the library and on the private shelf."""
    state = State(settings.state)
    with state.locked():
        if state.ledger.exists():
            raise Unusable("There is a ledger already; move `ledger.jsonl` and `ledger.head` away first if it is damaged.")
        if not (state.folder / "key").exists():
            raise Unusable("The file `key` is missing from the state folder, too; put it back from a backup first.")
        if not Library(settings.library).is_marked:
            raise Unusable("The library is not there. Connect its disk first.")
        studies = []
        for home in (Library(settings.library), Library(settings.private)):
            for folder in home.folders():
                try:
                    record = home.study(folder)
                except ValueError:
                    raise Unusable(f"The study {folder} has no sound `study.json`. Move that folder away first.") from None
                studies.append(filed(record, folder, added=pictures(record)))
        (state.folder / "ledger.head").unlink(missing_ok=True)
        made = Ledger(state.ledger)
        made.append(Opened(radiary=__version__, key=fingerprint(state.key(None))), Rebuilt(studies=tuple(studies)))
        made.close()
    console.out.print(
        f"The ledger knows {len(studies)} studies again. Exports that are still there are recognised by their pictures."
    )
    return 0
