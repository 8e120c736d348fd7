"""Guards of what happens to a service day by day: exams that come back, mistyped settings, emptied folders; see `guards.py`."""

from guard import Guard

_REOPENED = "ingest/test_reopened.py::"

DAILY_LIFE = (
    Guard(
        "what was left out since it was taken out is looked into once it is back, service or none",
        "state/queue.py",
        "            self.reopened |= set(self.cut_short())\n            self._stand(event.studies)\n",
        "            self._stand(event.studies)\n",
        (_REOPENED + "test_only_what_was_left_out_since_it_was_taken_out_is_looked_into_once_more",),
    ),
    Guard(
        "what was filed in part since the rest was taken out is looked into once that is back",
        "state/queue.py",
        "        return Reason.TAKEN_OUT in end.skipped\n",
        "        return False\n",
        (_REOPENED + "test_what_was_left_out_is_filed_by_the_service_that_runs_once_it_is_back",),
    ),
    Guard(
        "what was looked into once more is not looked into for ever",
        "state/queue.py",
        "        self.reopened.discard(event.export)\n",
        "",
        (_REOPENED + "test_only_what_was_left_out_since_it_was_taken_out_is_looked_into_once_more",),
    ),
    Guard(
        "what its owner has filed again reopens what else was left out of it",
        "state/queue.py",
        "            self.reopened |= set(self.cut_short()) - {event.export} if again else set()\n",
        "",
        (_REOPENED + "test_what_its_owner_has_filed_again_reopens_what_else_was_left_out_of_it",),
    ),
    Guard(
        "what was left out is filed by hand once it is back",
        "ingest/by_hand.py",
        "    if filed.export in attempts.queue.reopened:\n        return False\n",
        "",
        (_REOPENED + "test_what_was_left_out_is_filed_by_hand_once_it_is_back",),
    ),
)
