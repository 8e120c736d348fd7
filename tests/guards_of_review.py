"""Guards of the review: what is looked at once more, what a second yes counts for, and who is shown anything; see `guards.py`."""

from guard import Guard

_LOOK = "ingest/test_release_check.py::"
_SERVER, _HELD = "commands/test_review_server.py::", "commands/test_held_pictures.py::"
_ENGINE, _AGAIN = "ingest/test_text_engine.py::", "ingest/test_searching_again.py::"

REVIEW = (
    Guard(
        "grain that no window shows needs no second yes",
        "ingest/reading_pictures.py",
        "reader.text_in_hidden_values(_Frames([view])[0], is_slice=False)",
        "reader.text_in(_Frames([view])[0])",
        (_LOOK + "test_grain_that_no_window_shows_needs_no_second_yes",),
    ),
    Guard(
        "what is released is looked at once more",
        "ingest/decisions.py",
        "        if doubt:\n",
        "        if False:\n",
        (_LOOK + "test_blanked_beside_the_name_it_is_stopped",),
    ),
    Guard(
        "a second yes counts for the boxes that were doubted alone",
        "ingest/decisions.py",
        " and doubted.boxes == decision.boxes",
        "",
        (_LOOK + "test_a_second_yes_counts_for_what_was_doubted_alone",),
    ),
    Guard(
        "there is no second yes without a first one",
        "ingest/decisions.py",
        "decision.is_confirmed and doubted is not None and doubted.boxes",
        "decision.is_confirmed or doubted is not None and doubted.boxes",
        (_LOOK + "test_a_second_yes_releases_it_and_is_remembered_as_that",),
    ),
    Guard(
        "what was released before does not stay beside a doubt",
        "ingest/decisions.py",
        "            return replace(_withdrawn(decision, bench, queue), doubt=doubt)\n",
        "            return _Outcome(doubt=doubt)\n",
        (_LOOK + "test_what_was_released_before_does_not_stay_when_a_new_decision_is_doubted",),
    ),
    Guard(
        "every frame is looked at by itself",
        "ingest/release_check.py",
        "list(_filed(files))\n",
        "list(_filed(files))[:1]\n",
        (_LOOK + "test_blanked_beside_the_name_it_is_stopped",),
    ),
    Guard(
        "what the copy holds beyond the window is looked at",
        "ingest/release_check.py",
        ", *copy.views]",
        "]",
        (_LOOK + "test_text_outside_the_window_is_found_in_the_copy",),
    ),
    Guard(
        "names are searched in a copy's header",
        "ingest/release_check.py",
        'gate.stops({"copy": header}, ',
        "gate.stops({}, ",
        (_LOOK + "test_a_name_in_the_copys_header_is_stopped",),
    ),
    Guard(
        "what cannot be searched is not taken for clean",
        "ingest/release_check.py",
        "        return Doubt((*named, trouble or Reason.TEXT_NOT_LOOKED_FOR))\n",
        "        return Doubt(named) if named else None\n",
        (_LOOK + "test_what_cannot_be_searched_is_not_taken_for_clean",),
    ),
    Guard(
        "a reader in trouble is asked again",
        "ingest/text_engine.py",
        "            self._is_well = self.known is None\n",
        "            self._is_well = True\n",
        (_ENGINE + "test_one_that_works_is_asked_once_and_one_in_trouble_each_time",),
    ),
    Guard(
        "a reader that crashes is told as that",
        "ingest/text_engine.py",
        "    except GaveUp:\n        return Reason.TEXT_READER_CRASHED\n",
        "    except ZeroDivisionError:\n        return Reason.TEXT_READER_CRASHED\n",
        (_ENGINE + "test_each_trouble_is_told_from_a_process_of_its_own",),
    ),
    Guard(
        "a reader that breaks meanwhile is not taken for a doubt of the picture",
        "ingest/text_engine.py",
        "        engine.forget()\n",
        "        pass\n",
        (_ENGINE + "test_a_reader_that_breaks_meanwhile_leaves_no_doubt_of_the_picture",),
    ),
    Guard(
        "what stays doubtful when it is looked at again stays held",
        "ingest/searching_again.py",
        "clear.items() if one.record.uid not in doubtful}",
        "clear.items()}",
        (_AGAIN + "test_what_stays_doubtful_stays_with_its_new_reason_and_is_not_looked_at_again",),
    ),
    Guard(
        "what no window shows is looked at again, too",
        "ingest/searching_again.py",
        "if placed.record.copy else None",
        "if False else None",
        (_AGAIN + "test_a_name_that_the_window_does_not_show_plainly_is_found_as_it_is_while_a_download_is_filed",),
    ),
    Guard(
        "slices are looked at again as wholes",
        "ingest/searching_again.py",
        "            seen_whole=slices,\n",
        "",
        (_AGAIN + "test_a_name_that_the_window_does_not_show_plainly_is_found_as_it_is_while_a_download_is_filed",),
    ),
    Guard(
        "nothing is looked at again about which its owner decided",
        "ingest/searching_again.py",
        "not in self._given_up | self.queue.decided",
        "not in self._given_up",
        (_AGAIN + "test_what_its_owner_decided_about_or_is_held_for_another_reason_is_left",),
    ),
    Guard(
        "looking again comes to an end",
        "ingest/searching_again.py",
        "replace(i, hold=doubtful.get(i.uid, i.hold))",
        "replace(i, hold=i.hold)",
        (_AGAIN + "test_what_stays_doubtful_stays_with_its_new_reason_and_is_not_looked_at_again",),
    ),
    Guard(
        "the secret of the page stands on no command line",
        "commands/review_server.py",
        "    webbrowser.open(leading.as_uri())\n",
        "    webbrowser.open(address)\n",
        (_SERVER + "test_the_secret_stands_on_no_command_line_and_in_a_file_of_its_owners_alone",),
    ),
    Guard(
        "the file that leads to the page is its owner's alone",
        "commands/review_server.py",
        "    leading.chmod(0o600)\n",
        "    leading.chmod(0o644)\n",
        (_SERVER + "test_the_secret_stands_on_no_command_line_and_in_a_file_of_its_owners_alone",),
    ),
    Guard(
        "decisions in hand are carried out when the command ends",
        "commands/review_server.py",
        "        room.desk.close()\n",
        "",
        (_SERVER + "test_what_is_in_hand_when_the_command_ends_is_still_carried_out",),
    ),
    Guard(
        "the page asks nobody else for anything",
        "commands/review_server.py",
        "script-src 'self'; \"",
        "script-src 'unsafe-inline' *; \"",
        (_SERVER + "test_the_page_may_ask_nobody_else_for_anything",),
    ),
    Guard(
        "no picture has ledger and shelf read anew",
        "state/ledger.py",
        "                file.seek(self._offset)\n",
        "                file.seek(0)\n",
        (_HELD + "test_neither_ledger_nor_shelf_is_read_again_while_nothing_is_new",),
    ),
)
