"""Guards of what pictures look like: values, contradictions, streams, judgement, order; see `guards.py`."""

from guard import Guard

_VALUES = "dicom/read/test_display_values.py::"
_STREAMS = "dicom/read/test_code_streams.py::"

DISPLAY = (
    Guard(
        "where display knows a few words, no other one passes",
        "dicom/read/display_values.py",
        '    raise ValueError("no word of the standard")\n',
        "    return text\n",
        (_VALUES + "test_no_picture_is_made_without_a_value_that_it_depends_on",),
    ),
    Guard(
        "a value that display depends on and that cannot be understood forbids a picture",
        "dicom/read/display_values.py",
        "            raise NotUnderstoodError from None\n",
        "            pass\n",
        (_VALUES + "test_no_picture_is_made_without_a_value_that_it_depends_on",),
    ),
    Guard(
        "a decimal comma is understood",
        "dicom/read/display_values.py",
        'text.replace(",", ".", 1))',
        "text)",
        (_VALUES + "test_what_display_depends_on_is_understood_however_it_is_written",),
    ),
    Guard(
        "a value in a foreign VR is understood",
        "dicom/read/display_values.py",
        "        is_normal = element.VR in (registered, None) and meant == texts\n",
        "        is_normal = meant == texts\n",
        (_VALUES + "test_what_display_depends_on_is_understood_however_it_is_written",),
    ),
    Guard(
        "a number of hers is no secret where it displays",
        "dicom/wall/element_rules.py",
        " and not _is_needed(tag, texts)",
        "",
        (_VALUES + "test_a_number_of_hers_is_no_secret_where_it_displays_orders_or_measures",),
    ),
    Guard(
        "a binary number of hers is no secret where it displays",
        "dicom/wall/element_rules.py",
        "        if not is_needed and any(",
        "        if any(",
        (_VALUES + "test_an_own_number_in_a_binary_value_that_displays_passes",),
    ),
    Guard(
        "a long number of hers numbers no series",
        "dicom/wall/element_rules.py",
        " and not is_chosen\n",
        "\n",
        (_VALUES + "test_a_long_number_of_hers_numbers_no_series",),
    ),
    Guard(
        "of a UID with two values the first one counts",
        "dicom/wall/element_rules.py",
        "_values(value)[:1] if dictionary_has_tag(tag)",
        "_values(value) if dictionary_has_tag(tag)",
        (_VALUES + "test_of_a_uid_with_two_values_the_first_one_counts",),
    ),
    Guard(
        "offsets count only where streams begin",
        "dicom/read/code_streams.py",
        "    if not is_right or (begins[0] and not all(begins[place] for place in places)):\n",
        "    if not places:\n",
        (_STREAMS + "test_a_table_of_offsets_is_a_hint_that_may_be_wrong",),
    ),
    Guard(
        "offsets at which a stream's middle stands are wrong",
        "dicom/read/code_streams.py",
        " or (begins[0] and not all(begins[place] for place in places)):",
        ":",
        (_STREAMS + "test_frames_in_several_fragments_are_put_together_with_and_without_a_right_table",),
    ),
    Guard(
        "fragments of no bytes are no frames",
        "dicom/read/code_streams.py",
        "[part for part in parts[1:] if part[1]]",
        "parts[1:]",
        (_STREAMS + "test_fragments_of_no_bytes_are_no_frames",),
    ),
    Guard(
        "a JPEG without its end marker is shown only if nothing that may follow changes it",
        "dicom/render/codecs.py",
        "    if not np.array_equal(one, other):\n        raise CutError\n",
        "",
        (_STREAMS + "test_a_stream_that_is_cut_is_cut_short_and_never_shown",),
    ),
    Guard(
        "a progressive JPEG without its end marker is not shown",
        "dicom/render/codecs.py",
        "    if any(marker == code_streams.SOF_PROGRESSIVE for",
        "    if False and any(marker == code_streams.SOF_PROGRESSIVE for",
        (_STREAMS + "test_a_progressive_jpeg_without_its_end_is_never_shown",),
    ),
    Guard(
        "a stream gets the end marker that it lacks",
        "dicom/render/codecs.py",
        '    return stream if code_streams.EOI in stream else stream.removesuffix(b"\\xff") + code_streams.EOI\n',
        "    return stream\n",
        (_STREAMS + "test_a_stream_without_its_end_marker_is_read_when_every_value_is_there",),
    ),
)
