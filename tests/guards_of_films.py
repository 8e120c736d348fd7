"""Guards of films, which are held as they came; see `guards.py`."""

from guard import Guard

_FILMS, _SHOWN = "dicom/test_films.py::", "commands/held/test_films.py::"

FILMS = (
    Guard(
        "a film that lacks its stream is no empty file",
        "dicom/films.py",
        "    if pixels is None or not parts:\n",
        "    if pixels is None:\n",
        (_FILMS + "test_a_film_without_a_stream_is_no_empty_file",),
    ),
    Guard(
        "a film that stands bare in its element is held",
        "dicom/films.py",
        "        return [(0, size)]\n",
        "        return []\n",
        (_FILMS + "test_a_film_without_offset_table_or_items_is_held_whole",),
    ),
    Guard(
        "a film whose offset table is missing is held",
        "dicom/films.py",
        "    return [(len(head), length)] if length > 0 else []\n",
        "    return []\n",
        (_FILMS + "test_a_film_without_offset_table_or_items_is_held_whole",),
    ),
    Guard(
        "no length is told that no film can have",
        "dicom/films.py",
        "    if seconds is not None and seconds > _LONGEST:\n",
        "    if False:\n",
        (_FILMS + "test_its_length_is_told_where_its_header_says_it",),
    ),
    Guard(
        "the page of what is held tells of films",
        "commands/held/pictures.py",
        "                films |= {one.uid: one for one in held_films.films(study, record, folder)}\n",
        "",
        (_SHOWN + "test_a_film_is_told_with_its_length_and_size_and_where_it_lies",),
    ),
)
