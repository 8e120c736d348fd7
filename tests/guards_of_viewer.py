"""Guards of the viewer: see `guards.py`."""

from guard import Guard

VIEWER = (
    Guard(
        "a window counts when every picture has it",
        "viewer/stacks.py",
        "if paths and others.issuperset(paths):",
        "if paths and others.intersection(paths):",
        ("viewer/test_stacks.py",),
    ),
    Guard(
        "frames of a volume are no clip",
        "viewer/stacks.py",
        "is_clip=is_multiframe and series.modality not in VOLUMES,",
        "is_clip=is_multiframe,",
        ("viewer/test_stacks.py",),
    ),
    Guard(
        "either of two pictures says in full which one it is where the lists above them are narrow",
        "viewer/viewer.css",
        ".compare .zooms .reset,.compare .made,",
        ".compare .zooms .reset,.compare .caption,",
        ("viewer/test_browser.py::test_on_a_phone_either_picture_says_in_full_which_one_it_is",),
    ),
    Guard(
        "no title ends a script",
        "viewer/exam_data.py",
        'text.replace("<", "\\\\u003c")',
        "text",
        ("viewer/test_exam_data.py",),
    ),
    Guard(
        "places count when every slice has one",
        "viewer/exam_data.py",
        "None if None in stack.positions else stack.positions",
        "stack.positions",
        ("viewer/test_exam_data.py",),
    ),
    Guard(
        "an exam's lines replace those it had",
        "viewer/groups.py",
        "if _exam_of(one) not in lines]",
        "]",
        ("viewer/test_groups.py",),
    ),
    Guard(
        "persons are not compared with one another",
        "viewer/groups.py",
        'f"{patient}/{stack',
        'f"{stack',
        ("viewer/test_groups.py",),
    ),
    Guard(
        "what others put into the viewer's folder stays",
        "viewer/folder.py",
        "            if ours and (name",
        "            if (name",
        ("viewer/test_folder.py",),
    ),
    Guard(
        "an exam that is told no more is no choice",
        "viewer/folder.py",
        "        for name in {*groups.groups_of(texts, told), *chain.from_iterable(told.values())}:",
        "        for name in chain.from_iterable(told.values()):",
        ("viewer/test_folder.py",),
    ),
    Guard(
        "a page is made of the study as it stands",
        "viewer/folder.py",
        "known = (status.st_mtime_ns, status.st_size, exam,",
        "known = (exam,",
        ("viewer/test_folder.py",),
    ),
    Guard(
        "a page is made again in another language",
        "viewer/folder.py",
        "exam, language.code, os",
        "exam, os",
        ("viewer/test_folder.py",),
    ),
    Guard(
        "a side that a direction hardly leads to has no letter",
        "dicom/orientation.py",
        " if abs(direction[axis]) >= _LEAST)",
        ")",
        ("dicom/test_orientation.py",),
    ),
    Guard(
        "a picture in a further window that is there is not made again",
        "ingest/window_pictures.py",
        "for path in paths if path not in there}",
        "for path in paths}",
        ("commands/test_windows.py::test_all_of_them_are_made_where_none_is_named_and_what_is_there_stays",),
    ),
)
