"""Guards of what may hold a voice, and of objects that are newer than the table of storage classes; see `guards.py`."""

from guard import Guard

_CURVES, _CLASSES = "dicom/wall/test_curves.py::", "dicom/read/test_storage_classes.py::"
_SAMPLES = "dicom/read/test_samples.py::"

RECORDINGS = (
    Guard(
        "sound is never filed",
        "dicom/documents.py",
        "Reason.SOUND, ",
        "",
        (_CURVES + "test_sound_is_held_whatever_its_channels_are_called",),
    ),
    Guard(
        "a recording of unknown channels is never filed",
        "dicom/documents.py",
        " and not curves.are_known(received.dataset)",
        " and not received",
        (_CURVES + "test_any_other_recording_is_held_and_no_sample_passes_the_wall",),
    ),
    Guard(
        "a voice beside a picture stays behind",
        "dicom/wall/element_rules.py",
        "[item for item in items if curves.is_known(item)]",
        "[item for item in items if item]",
        (_CURVES + "test_a_voice_beside_a_picture_stays_behind",),
    ),
    Guard(
        "a curve as fast as sound is none",
        "dicom/wall/curves.py",
        "float(rate) > _FASTEST",
        "float(rate) > 1e9",
        (_CURVES + "test_any_other_recording_is_held_and_no_sample_passes_the_wall",),
    ),
    Guard(
        "every channel is asked for its source",
        "dicom/wall/curves.py",
        "all(_source(channel) in known",
        "any(_source(channel) in known",
        (_CURVES + "test_every_channel_has_to_be_a_known_one",),
    ),
    Guard(
        "a channel that nobody described is none",
        "dicom/wall/curves.py",
        " or header.value(group, _COUNT) != len(channels)",
        "",
        (_CURVES + "test_a_channel_that_nobody_described_makes_the_whole_group_unknown",),
    ),
    Guard(
        "every group of a recording is asked",
        "dicom/wall/curves.py",
        "all(map(is_known, groups))",
        "any(map(is_known, groups))",
        (_CURVES + "test_one_unknown_group_holds_all",),
    ),
    Guard(
        "a picture of a new kind is held",
        "dicom/wall/deidentify.py",
        "Reason.NEW_KIND if is_undecided else ",
        "",
        (_CLASSES + "test_an_image_of_a_class_that_nobody_decided_about_is_held",),
    ),
    Guard(
        "mu-law is expanded",
        "dicom/read/samples.py",
        '"MB": _mu_law(), ',
        "",
        (_SAMPLES + "test_companded_samples_are_expanded",),
    ),
    Guard(
        "A-law is expanded",
        "dicom/read/samples.py",
        ', "AB": _a_law()',
        "",
        (_SAMPLES + "test_companded_samples_are_expanded",),
    ),
)
