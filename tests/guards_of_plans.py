"""Guards of medication plans: what of their code is read, and by whom; see `guards.py`."""

from guard import Guard

_READ, _CODE = "ingest/test_plans.py::", "documents/test_medication.py::"

PLANS = (
    Guard(
        "a code that declares entities is not parsed",
        "documents/medication.py",
        '    if not text.lstrip().startswith("<MP"):\n        return None\n',
        "",
        (_CODE + "test_a_code_that_is_no_plans_says_nothing",),
    ),
    Guard(
        "pages of a plan are told in their order",
        "documents/medication.py",
        '    parts.sort(key=lambda part: _number(part.get("a", "1")))\n',
        "",
        (_CODE + "test_pages_are_in_their_order_and_odd_days_are_none",),
    ),
    Guard(
        "without the extra no code is looked for",
        "ingest/plans.py",
        " or not plan_codes.is_possible()",
        "",
        (_READ + "test_without_the_extra_a_plan_is_held_as_any_paper",),
    ),
    Guard(
        "printed names are taken only where there is a row for each medicine",
        "documents/medication.py",
        "    if len(printed) != len(known):\n        return tuple(known)\n",
        "",
        (_CODE + "test_printed_names_are_taken_only_where_each_has_a_row",),
    ),
)
