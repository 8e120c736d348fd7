"""Guards of reading: whose a picture is, of which day, its frames, and what of an odd file is read; see `guards.py`."""

from guard import Guard

_APART, _COUNTS = "ingest/test_told_apart.py::", "dicom/read/test_frame_counts.py::"
_FACTS, _DATES, _LENIENT = "dicom/wall/test_facts.py::", "dicom/wall/test_dates.py::", "dicom/read/test_lenient_parser.py::"
_ASSEMBLE = "library/test_assemble.py::"

READING = (
    Guard(
        "two people with one study are two",
        "ingest/told_apart.py",
        "    return telling_apart.of_people(_placed(outcomes), standing, _are_apart(bench))\n",
        "    return {}\n",
        (_APART + "test_two_people_with_one_study_are_filed_apart",),
    ),
    Guard(
        "somebody whose study stands keeps its UID",
        "library/telling_apart.py",
        "    groups: list[list[str]] = [[keeper]] if keeper else []\n",
        "    groups: list[list[str]] = []\n",
        (_APART + "test_somebody_elses_study_of_the_same_uid_that_comes_later_is_filed_apart",),
    ),
    Guard(
        "spellings of one person share a study",
        "state/same_person.py",
        " and all(_contradict(*pair) for pair in both)",
        "",
        (_APART + "test_spellings_of_one_person_share_a_study",),
    ),
    Guard(
        "images that share a UID are told apart by what stands already",
        "ingest/told_apart.py",
        "    return telling_apart.of_images(placed, standing)\n",
        "    return telling_apart.of_images(placed, {})\n",
        (_APART + "test_an_image_that_comes_later_under_a_known_uid_is_filed_beside_it",),
    ),
    Guard(
        "other pixels at the same place are a version of an image",
        "library/telling_apart.py",
        "        return place == others and self.is_placed\n",
        "        return False\n",
        (_APART + "test_another_version_of_one_slice_is_no_other_slice",),
    ),
    Guard(
        "a copy carries the UIDs under which it is filed",
        "dicom/wall/deidentify.py",
        "    _tell_apart(clean, terms.apart)\n",
        "",
        (_APART + "test_slices_that_share_one_uid_are_all_filed_and_said_to_share_it",),
    ),
    Guard(
        "which of several images keeps its UID does not depend on their order",
        "library/telling_apart.py",
        "in sorted(members, key=_in_order):",
        "in members:",
        (_APART + "test_the_order_of_files_changes_nothing",),
    ),
    Guard(
        "two exams with one series have a picture each in the site",
        "chronicle/series_pictures.py",
        "layout.code(f'{exam.study} {picture.series}')",
        "layout.code(picture.series)",
        (_APART + "test_two_studies_with_one_series_have_a_picture_each_in_the_chronicle",),
    ),
    Guard(
        "a dummy date moves no exam",
        "dicom/wall/facts.py",
        " or not dates.is_of_an_exam(was, latest):",
        ":",
        (_FACTS + "test_a_dummy_moves_nothing",),
    ),
    Guard(
        "a date that the policy moves is judged by what it was",
        "dicom/wall/facts.py",
        "dates.is_of_an_exam(was, latest)",
        "dates.is_of_an_exam(now, latest)",
        (_FACTS + "test_a_date_that_the_policy_moves_counts_by_what_it_was",),
    ),
    Guard(
        "one odd date moves no study",
        "library/assemble.py",
        "            return min(counted, key=lambda day: (-counted[day], day))\n",
        "            return min(counted)\n",
        (_ASSEMBLE + "test_a_studys_day_is_the_most_frequent_one_of_the_first_of_its_dates",),
    ),
    Guard(
        "dates of other forms leave as the standard writes them",
        "dicom/wall/element_rules.py",
        "_dated(display_values.understood(received, tag))",
        "display_values.understood(received, tag)",
        ("dicom/wall/test_element_rules.py::test_a_date_in_another_form_leaves_as_the_standard_writes_it",),
    ),
    Guard(
        "a damaged frame costs no other one",
        "dicom/render/pixels.py",
        "            if lost is None or len(lost) + 1 == shape.frames:\n",
        "            if True:\n",
        (_COUNTS + "test_a_damaged_frame_costs_no_other_one",),
    ),
    Guard(
        "frames that are not there are counted",
        "dicom/read/frame_counts.py",
        "missing=max(0, shape.frames - there)",
        "missing=0",
        (_COUNTS + "test_frames_that_are_not_there_are_counted",),
    ),
    Guard(
        "lost frames are told in the fact, so that the download is not deleted",
        "library/assemble.py",
        "    reasons = sum((_lost(study.record) for study in studies), reasons)\n",
        "",
        (_COUNTS + "test_what_was_shown_in_part_is_not_deleted",),
    ),
    Guard(
        "frames are shown where a header does not say how many there are",
        "dicom/read/frame_counts.py",
        "        if there <= shape.frames or over > _LOST:\n",
        "        if True:\n",
        (_COUNTS + "test_frames_that_the_header_does_not_speak_of_are_shown",),
    ),
    Guard(
        "what lies behind the frames of a header is not shown",
        "dicom/read/frame_counts.py",
        "surplus=there - shape.frames) if is_said else",
        "surplus=there - shape.frames) if False else",
        (_COUNTS + "test_what_lies_behind_as_many_frames_as_the_header_says_is_counted_and_not_shown",),
    ),
    Guard(
        "a copy speaks of the frames that it has",
        "dicom/image_files.py",
        "        if lost or shape.frames != header.value(self._clean.dataset, 0x00280008):\n",
        "        if False:\n",
        (_COUNTS + "test_a_damaged_frame_costs_no_other_one",),
    ),
    Guard(
        "a clip that comes again whole takes the place of its part",
        "library/merge.py",
        " or not is_there or _has_more(known, more)\n",
        " or not is_there\n",
        (_COUNTS + "test_a_clip_that_comes_again_whole_takes_the_place_of_its_part",),
    ),
    Guard(
        "of two readings of an odd file the one with more of it counts",
        "dicom/read/header.py",
        "    if lenient is not None and _known_elements(lenient[0]) > _known_elements(dataset):\n",
        "    if False:\n",
        (_LENIENT + "test_fragments_without_their_delimiter_are_read",),
    ),
    Guard(
        "an item without an end does not swallow what follows",
        "dicom/read/lenient_parser.py",
        "is_early = encoding.closes_early and bool(parent) and tag > parent",
        "is_early = False",
        (_LENIENT + "test_a_sequence_that_is_never_closed_ends_where_no_item_comes",),
    ),
    Guard(
        "where a VR is none, the length counts behind which an element begins",
        "dicom/read/lenient_parser.py",
        "        if length == _UNDEFINED or _begins_element(data, start + length, tag, encoding=encoding):\n",
        "        if True:\n",
        (_LENIENT + "test_a_vr_that_is_none_may_have_a_length_of_four_bytes",),
    ),
)
