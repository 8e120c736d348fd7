"""Guards of stacks: frames of enhanced objects, further windows, what is given away of them; see `guards.py`."""

from guard import Guard

_ENHANCED = "viewer/test_enhanced.py::"
_LASTING = "ingest/test_lasting_windows.py::"
_RUNS = "dicom/test_frame_runs.py::"
_VECTORS = "dicom/read/test_frame_vectors.py::"
_APART = _ENHANCED + "test_each_stack_and_phase_of_an_enhanced_object_is_looked_through_by_itself"

STACKS = (
    Guard(
        "each stack and phase of an enhanced object is looked through by itself",
        "viewer/stacks.py",
        "for run in frame_runs.runs(one)]",
        "for run in [Run(one.pictures, (None,) * len(one.pictures))]]",
        (_APART + "[times]", _ENHANCED + "test_a_copy_has_each_stack_and_phase_by_itself[times]"),
    ),
    Guard(
        "pictures of an enhanced object are filed in viewing order",
        "ingest/member.py",
        "    pictures, runs = development.in_viewing_order(pictures)\n",
        "    runs = development.in_viewing_order(pictures)[1]\n",
        (_APART + "[heartbeats that differ from slice to slice]",),
    ),
    Guard(
        "a gated heart is looked through slot by slot",
        "dicom/image_files.py",
        " or frame_vectors.located(data, shape.frames)",
        "",
        (_VECTORS + "test_a_gated_heart_is_a_stack_for_each_time_slot",),
    ),
    Guard(
        "phases of a dynamic study are looked through in one go",
        "dicom/read/frame_vectors.py",
        " if tag not in _GO_ON]",
        "]",
        (_VECTORS + "test_phases_of_a_dynamic_study_go_on_in_one",),
    ),
    Guard(
        "vectors of others than nuclear medicine tell no stacks apart",
        "dicom/read/frame_vectors.py",
        "any(tag >> 16 != _GROUP for tag in pointers)",
        "False",
        (_VECTORS + "test_what_counts_the_frames_of_others_tells_no_stacks_apart",),
    ),
    Guard(
        "phases of frames go by their dimension",
        "dicom/read/located_frames.py",
        "        phase=(*of_phase, *further),\n",
        "        phase=tuple(further),\n",
        (_RUNS + "test_phases_go_by_their_dimension_not_by_when_they_were_stored",),
    ),
    Guard(
        "stacks of frames go by their dimension",
        "dicom/read/located_frames.py",
        "(_stack_id(groups), *of_stack)",
        "(_stack_id(groups),)",
        (_APART + "[stacks by their dimension]",),
    ),
    Guard(
        "stacks of frames go by their name",
        "dicom/read/located_frames.py",
        "(_stack_id(groups), *of_stack)",
        "(*of_stack,)",
        (_APART + "[stacks that face alike]",),
    ),
    Guard(
        "indices that are not as many as dimensions say nothing",
        "dicom/read/located_frames.py",
        "        pointers = []\n",
        "        pass\n",
        (_RUNS + "test_indices_that_are_not_as_many_as_dimensions_say_nothing",),
    ),
    Guard(
        "several indices of a frame are read",
        "dicom/read/frame_order.py",
        "isinstance(value, MultiValue | list)",
        "isinstance(value, MultiValue)",
        (_APART + "[stacks by their dimension]",),
    ),
    Guard(
        "layers nearer than slices ever are stay one stack",
        "dicom/read/located_frames.py",
        "if _are_all_elsewhere(known) else known",
        "if False else known",
        (_ENHANCED + "test_layers_that_lie_nearer_than_slices_ever_do_are_one_stack",),
    ),
    Guard(
        "a volume that is stored downwards is looked through downwards",
        "dicom/frame_runs.py",
        "        groups = [group[::-1] for group in groups]\n",
        "        pass\n",
        (_ENHANCED + "test_one_volume_is_one_stack_with_its_places_as_it_was_stored",),
    ),
    Guard(
        "frames around the body are looked through together",
        "dicom/frame_runs.py",
        "slice_order.of_neighbours([",
        "list([",
        (_ENHANCED + "test_frames_around_the_body_are_looked_through_together",),
    ),
    Guard(
        "runs of another number of pictures are none",
        "library/frame_runs.py",
        "sum(len(run.frames) for run in instance.runs) == len(instance.pictures) > 0\n",
        "bool(instance.runs)\n",
        (_RUNS + "test_runs_that_are_not_those_of_its_pictures_are_none",),
    ),
    Guard(
        "the middle of one run stands for an enhanced object",
        "library/slice_order.py",
        "max((run.pictures for run in frame_runs.runs(image)), key=len)",
        "image.pictures",
        (_APART + "[times]",),
    ),
    Guard(
        "each stack says how it lies in the body",
        "viewer/folder.py",
        "orientation(read.dataset, stack.frame)",
        "orientation(read.dataset)",
        (_ENHANCED + "test_each_stack_says_how_it_lies_in_the_body",),
    ),
    Guard(
        "a window stays where more of its series is filed",
        "ingest/pipeline.py",
        "lasting_windows.kept(rescaling.filed(standing, bench, queue), bench)",
        "rescaling.filed(standing, bench, queue)",
        (
            "commands/test_windows.py::test_a_window_that_was_asked_for_stays_where_more_of_the_series_comes_later",
            "commands/test_windows.py::test_a_window_stays_though_parts_of_the_series_came_under_other_settings",
        ),
    ),
    Guard(
        "a window stays where a slice is released",
        "ingest/release.py",
        "    return lasting_windows.kept(standing, bench)\n",
        "    return standing\n",
        (_LASTING + "test_a_slice_that_is_released_from_the_shelf_stands_in_the_windows_of_its_series",),
    ),
    Guard(
        "a window that cannot be made keeps no export waiting",
        "ingest/lasting_windows.py",
        "    except Exception as error:  # noqa: BLE001 - see above\n",
        "    except RadiaryError as error:\n",
        (_LASTING + "test_an_error_of_ours_keeps_no_export_waiting",),
    ),
    Guard(
        "what is given away is called what it is",
        "share/pictures.py",
        "    return target.removesuffix(wanted) + written\n",
        "    return target\n",
        ("commands/test_share.py::test_a_picture_that_is_too_large_for_a_webp_is_a_png_and_called_so",),
    ),
    Guard(
        "a contact sheet shows the phase that stands for a series",
        "chronicle/contact_sheets.py",
        "for place, path in enumerate(paths) if path in own]",
        "for place, path in enumerate(paths) if own]",
        ("chronicle/test_contact_sheets.py::test_of_a_series_in_space_and_time_the_sheet_shows_the_phase_that_stands_for_it",),
    ),
    Guard(
        "clips and stills are all on a contact sheet",
        "chronicle/contact_sheets.py",
        "if series.modality not in stacks.VOLUMES or shown is None:",
        "if shown is None:",
        ("chronicle/test_contact_sheets.py::test_clips_and_stills_of_an_ultrasound_are_all_on_the_sheet",),
    ),
    Guard(
        "a picked frame is selected where it is stored",
        "commands/pick.py",
        "frame_runs.in_copy(instances[uid], number)",
        "number",
        (
            "commands/test_pick.py::test_a_frame_that_is_looked_through_elsewhere_than_it_is_stored_is_selected_where_it_is_stored",
        ),
    ),
    Guard(
        "an enhanced object of one frame lies where its functional groups say",
        "dicom/wall/facts.py",
        "    return own or frame_order.numbers(_of_only_frame(clean), where)\n",
        "    return own\n",
        (_ENHANCED + "test_enhanced_objects_of_one_frame_each_are_slices_like_others[orientations]",),
    ),
    Guard(
        "an enhanced object of one frame is of the phase that its functional groups say",
        "dicom/wall/facts.py",
        "    if groups:\n        return tuple(next(",
        "    if not clean:\n        return tuple(next(",
        (_ENHANCED + "test_enhanced_objects_that_differ_in_time_alone_and_lack_one_stay_apart",),
    ),
    Guard(
        "what is released of the shelf is looked through by its phases",
        "ingest/release.py",
        "copies=copies, runs=runs, hold=None, ",
        "copies=copies, hold=None, ",
        ("ingest/test_release.py::test_an_enhanced_object_is_looked_through_by_its_phases_though_an_older_version_held_it",),
    ),
    Guard(
        "what an older version filed is looked through in runs once it is filed again",
        "library/merge.py",
        "        if fresh or again or learned:\n",
        "        if fresh or again:\n",
        ("library/test_merge.py::test_pictures_of_an_older_version_stay_and_are_looked_through_in_the_runs_that_are_known_now",),
    ),
    Guard(
        "what comes back is looked through in runs",
        "library/merge.py",
        "        runs=again.runs,\n",
        "",
        ("library/test_merge.py::test_what_comes_back_is_looked_through_in_the_runs_that_are_known_now",),
    ),
)
