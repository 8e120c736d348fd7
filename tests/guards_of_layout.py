"""Guards of how pages lie: on phones, before pictures are there, on paper; see `guards.py`."""

from guard import Guard

_LAYOUT, _VIEWER, _SIZE = "chronicle/test_page_layout.py::", "viewer/test_browser.py::", "chronicle/test_picture_size.py::"

LAYOUT = (
    Guard(
        "a picture's place on a page is kept before the picture is there",
        "chronicle/day.html.j2",
        ' width="{{ picture.size[0] }}" height="{{ picture.size[1] }}"',
        "",
        (_LAYOUT + "test_pictures_of_a_day_have_their_place_before_they_are_there",),
    ),
    Guard(
        "the pictures of a chronicle say how large they are when they are written",
        "chronicle/sources.py",
        "self._looks.drafts.get(path, path)",
        "path",
        ("chronicle/test_folder.py::test_the_page_knows_how_large_its_pictures_are_before_they_stand_in_their_place",),
    ),
    Guard(
        "a photograph of a camera on its side keeps a place that is as high as it is shown",
        "chronicle/picture_size.py",
        "return (height, width) if is_lying else (width, height)",
        "return width, height",
        (_SIZE + "test_a_photograph_is_as_wide_as_it_is_shown_however_the_camera_was_held",),
    ),
    Guard(
        "a picture of a few pixels is not blown up",
        "chronicle/day.html.j2",
        ' class="small"',
        "",
        (_LAYOUT + "test_what_is_tiny_is_not_blown_up",),
    ),
    Guard(
        "a thumb finds what there is to press in the chronicle",
        "chronicle/page.css",
        "min-height:2.75rem",
        "min-height:2rem",
        (_LAYOUT + "test_a_thumb_finds_what_there_is_to_press",),
    ),
    Guard(
        "a thumb finds every control of the viewer",
        "viewer/viewer.css",
        "button{min-width:2.75rem}",
        "",
        (_VIEWER + "test_a_thumb_finds_every_control",),
    ),
    Guard(
        "a thumb finds what decides about a held picture",
        "commands/review/page/review.css",
        "  button:not(.box), select, .stepping",
        "  .stepping",
        (
            "commands/review/test_page.py::test_on_a_telephone_the_list_shows_which_one_is_looked_at_and_a_thumb_finds_each_button",
        ),
    ),
    Guard(
        "what a copy holds is read on a phone without scrolling sideways",
        "share/share.css",
        ".holds tr{display:flex;",
        ".holds tr{",
        (_LAYOUT + "test_what_a_copy_holds_is_read_without_scrolling_sideways",),
    ),
    Guard(
        "a field can be told from the page around it",
        "chronicle/page.css",
        "border:1px solid var(--edge)",
        "border:1px solid var(--line)",
        (_LAYOUT + "test_a_field_can_be_told_from_the_page_around_it",),
    ),
    Guard(
        "words and photographs go on upon the next page of a booklet, and leave none half empty",
        "chronicle/page.css",
        "section:has(>.words,>.grid,>.report){break-inside:auto}",
        "",
        (_LAYOUT + "test_a_booklet_leaves_little_of_a_page_free_where_words_or_photographs_could_go_on",),
    ),
    Guard(
        "brackets lead to the next series on keyboards that have them behind AltGr",
        "viewer/viewer.js",
        "(event.ctrlKey && !event.altKey)",
        "event.ctrlKey || event.altKey",
        (_VIEWER + "test_brackets_that_a_keyboard_has_behind_another_key_lead_to_the_next_series",),
    ),
    Guard(
        "a clip runs once, however quickly it is paused and played",
        "viewer/viewer.js",
        "if (loop === this.loop)",
        "if (this.timer)",
        (_VIEWER + "test_who_pauses_and_plays_again_at_once_sees_one_clip_run_and_not_two",),
    ),
    Guard(
        "an address that names no picture opens the exam all the same",
        "viewer/viewer.js",
        "Number.isInteger(picture) ?",
        "picture === picture ?",
        (_VIEWER + "test_an_address_that_names_no_picture_shows_the_middle_one",),
    ),
)
