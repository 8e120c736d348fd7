"""Guards of series in space and time: phases and orientations stay apart; see `guards.py`."""

from guard import Guard

_ORDER = "library/test_slice_order.py::"

PHASES = (
    Guard(
        "each stack and phase is looked through by itself",
        "viewer/stacks.py",
        "for group in slice_order.apart(slices) if group]",
        "for group in [slices] if group]",
        ("viewer/test_phases.py::test_each_phase_is_a_stack_in_order_and_the_middle_of_one_stands_for_all",),
    ),
    Guard(
        "images that have no neighbours are looked through together",
        "library/slice_order.py",
        "    return groups if len(every) >= 2 * len(groups) else [every]\n",
        "    return groups\n",
        (_ORDER + "test_images_that_have_no_neighbours_are_looked_through_together",),
    ),
    Guard(
        "times that differ from slice to slice are one phase's between wide gaps",
        "library/phases_told.py",
        "    if len(ordered) > most:\n",
        "    if False:\n",
        (_ORDER + "test_phases_of_which_one_lacks_a_slice_stay_whole_though_times_differ_from_slice_to_slice",),
    ),
    Guard(
        "times without wide gaps tell no phases apart",
        "library/phases_told.py",
        "        least = least if ratios.get(least, 0) >= _CLEAR else gaps[0]\n",
        "",
        (_ORDER + "test_a_slice_that_came_twice_makes_no_phases_of_a_scan_whose_slices_say_different_times",),
    ),
)
