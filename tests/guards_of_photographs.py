"""Guards of photographs of letters: where they are taken, and what of them goes further; see `guards.py`."""

from guard import Guard

_TESTS = "ingest/test_photographs.py::"
_LEFT = _TESTS + "test_pictures_of_a_discs_viewer_and_what_is_no_letters_are_left"

PHOTOGRAPHS = (
    Guard(
        "a photograph is taken in a folder of papers alone",
        "watch/inbox.py",
        "takes_photographs=any(path.is_relative_to(place) for place in self._documents),",
        "takes_photographs=False,",
        (_TESTS + "test_a_photograph_in_a_folder_of_papers_is_held_unchanged_at_the_day_of_its_shot",),
    ),
    Guard(
        "pictures beside DICOM are no letters",
        "ingest/pipeline.py",
        "            outcomes = viewers_pictures.set_aside(outcomes)\n",
        "",
        (_LEFT,),
    ),
    Guard(
        "a button is no letter",
        "ingest/photographs.py",
        "    if about is not None and max(about.columns, about.rows) < _LEAST:\n        return None\n",
        "",
        (_LEFT,),
    ),
    Guard(
        "a photograph of too many pixels is not decoded",
        "dicom/render/photographs.py",
        ' if columns * rows <= _MOST[image.format or ""] else None',
        "",
        (_TESTS + "test_one_that_is_cut_or_too_large_is_said_to_be",),
    ),
    Guard(
        "a photograph is shown upright",
        "dicom/render/photographs.py",
        "    plain.getexif()[0x0112] = turned or 1\n",
        "    plain.getexif()[0x0112] = 1\n",
        (_TESTS + "test_what_is_shown_of_one_is_upright_and_without_exif",),
    ),
)
