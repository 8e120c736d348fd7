"""What other programs leave in any folder: a Finder, an Explorer, a NAS, what synchronizes. No fault, and nobody's study."""

import re

_FILES = re.compile(
    r"""\.DS_Store | \.localized | \.directory | \.hidden | \._.* | \.apdisk | Icon\r          # macOS, KDE, GNOME
    | Thumbs\.db(:.*)? | ehthumbs(_vista)?\.db | desktop\.ini | ~\$.* | \.~lock\..*\#         # Windows, offices
    | .*\.icloud | .*\.sync-conflict-.* | .*\(.*(conflicted\ copy|conflict).*\).* | .*_conflict-\d.*
    | \.st(folder|ignore|versions).* | \.sync.* | \.owncloudsync.* | \.dropbox.* | \.nextcloud.* | \.syncthing\..*
    | \.nfs[0-9a-f]+ | \.fuse_hidden.* | \.smbdelete.* | SYNOFILE_THUMB.* | \.study\.json\.draft | .*\.swp | .*~""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_FOLDERS = re.compile(
    r"""@eaDir | [@\#]recycle | @Recently-Snapshot | @tmp | \#snapshot | \.@__thumb | \.AppleDouble | \.Spotlight-V100
    | \.Trash(es|-\d+)? | \.fseventsd | \.TemporaryItems | \.DocumentRevisions-V100 | \$RECYCLE\.BIN
    | System\ Volume\ Information | lost\+found | \.st(folder|versions) | \.sync | \.dropbox(\.cache)? | \.snapshots?""",
    re.VERBOSE | re.IGNORECASE,
)


def is_stranger(path: str) -> bool:
    """Whether the file at a path relative to a library's folder is none of Radiary's and no harm, by its name or a folder's."""
    *folders, name = path.split("/")
    return _FILES.fullmatch(name) is not None or any(_FOLDERS.fullmatch(one) for one in (*folders, name))


def is_apart(folder: str) -> bool:
    """Whether a folder of this name holds no studies: hidden, or another program's."""
    return folder.startswith(".") or _FOLDERS.fullmatch(folder) is not None
