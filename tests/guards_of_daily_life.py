"""Guards of what happens to a service day by day: exams that come back, mistyped settings, emptied folders; see `guards.py`."""

from guard import Guard

_DAYS = "library/test_days.py::"
_UNPACK = "archives/test_unpack.py::"
_REOPENED = "ingest/test_reopened.py::"
_TYPES = "test_settings.py::test_nothing_is_taken_for_a_value_of_another_type"
_WITHOUT_EFFECT = "test_settings.py::test_what_would_be_without_effect_is_refused"

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
    Guard(
        "true and false are no numbers",
        "settings.py",
        "(isinstance(value, bool) or not isinstance(value, int | float))",
        "not isinstance(value, int | float)",
        (_TYPES,),
    ),
    Guard(
        "a number is not true or false",
        "settings.py",
        "kind is bool and not isinstance(value, bool)",
        "False",
        (_TYPES,),
    ),
    Guard(
        "a text is no list",
        "settings.py",
        "get_origin(kind) is tuple and not isinstance(value, list)",
        "False",
        (_TYPES,),
    ),
    Guard(
        "a mistaken type is refused though it can be read",
        "settings.py",
        "    if mistyped:\n        raise Unusable(joined(_wrong(mistyped)))\n",
        "",
        (_TYPES,),
    ),
    Guard(
        "an empty word or pattern is refused",
        "settings.py",
        "        if not all(one.strip() for one in value):\n",
        "        if False:\n",
        (_WITHOUT_EFFECT,),
    ),
    Guard(
        "a word that would never be found is refused",
        "settings.py",
        'info.field_name == "words" and not all(',
        'info.field_name == "nothing" and not all(',
        (_WITHOUT_EFFECT,),
    ),
    Guard(
        "a scheduler is an address",
        "settings.py",
        "        if value and not _ADDRESS.fullmatch(value):\n",
        "        if False:\n",
        (_WITHOUT_EFFECT,),
    ),
    Guard(
        "an owner's word with accents is found",
        "dicom/wall/descriptions.py",
        ", frozenset(map(folded, more))\n",
        ", more\n",
        ("dicom/wall/test_descriptions.py::test_words_that_the_owner_added_are_kept_with_their_accents",),
    ),
    Guard(
        "a single packed file that is cut is counted once",
        "archives/descent.py",
        "            if not (is_counted and formats.packs_one(inside.path)):\n",
        "            if True:\n",
        (_UNPACK + "test_a_packed_picture_that_is_cut_is_counted_once",),
    ),
    Guard(
        "an archive that is cut is counted beside its members",
        "archives/descent.py",
        "            if not (is_counted and formats.packs_one(inside.path)):\n",
        "            if not is_counted:\n",
        (_UNPACK + "test_a_tar_inside_that_is_cut_in_a_picture_is_counted_beside_it",),
    ),
    Guard(
        "damage to an archive inside is counted though it can be read",
        "archives/descent.py",
        "[inside.damage] if inside.damage is not None and kept.skipped == before[1] else []",
        "()",
        (_UNPACK + "test_damage_at_the_end_of_an_archive_inside_is_counted",),
    ),
    Guard(
        "damage to an archive inside is counted once",
        "archives/keeping.py",
        "            self._keeping.inside.append(Inside(self._path, self._name, reason))\n            return\n",
        "            self._keeping.inside.append(Inside(self._path, self._name))\n",
        (_UNPACK + "test_an_archive_inside_that_is_damaged_itself_is_counted_once",),
    ),
    Guard(
        "a damaged archive of which little came is counted",
        "archives/keeping.py",
        "self._path is not None or is_early if",
        "self._path is not None if",
        (_UNPACK + "test_damage_at_the_end_of_an_archive_inside_is_counted",),
    ),
    Guard(
        "damage to a part of a set inside is counted",
        "archives/rejoined.py",
        ", next((part.damage for part in parts if part.damage), None)",
        "",
        (_UNPACK + "test_damage_to_a_part_of_a_set_inside_is_counted",),
    ),
    Guard(
        "the folder of a day from which the last exam was taken out goes",
        "library/trash.py",
        "            library.leave(folder)\n",
        "",
        (_DAYS + "test_the_folder_of_a_day_goes_with_its_last_exam_and_comes_back_with_it",),
    ),
    Guard(
        "the folder of a day goes with the last picture that is withdrawn",
        "library/shelf.py",
        "        self.leave(folder)\n",
        "",
        (_DAYS + "test_the_folder_of_a_day_goes_with_the_last_picture_that_is_withdrawn",),
    ),
    Guard(
        "the folder of a day that was left behind goes when the trash is emptied",
        "library/trash.py",
        "        library.leave(layout.study_folder(record.date, record.modality, record.uid))\n",
        "        pass\n",
        (_DAYS + "test_a_folder_of_a_day_that_was_left_behind_goes_when_the_trash_is_emptied",),
    ),
    Guard(
        "the folder of a day goes when the last exam in it was deleted by hand",
        "ingest/taking_out.py",
        "        home.leave(known.folder)\n",
        "",
        (_DAYS + "test_the_folder_of_a_day_goes_when_its_exam_was_deleted_by_hand",),
    ),
    Guard(
        "an empty folder of her own stays",
        "library/layout.py",
        "return day if _DAY.fullmatch(day) else None",
        "return day or None",
        (_DAYS + "test_a_folder_of_her_own_stays_though_it_is_empty",),
    ),
    Guard(
        "of missing pictures only those that are named are looked for in her file",
        "chronicle/faults.py",
        "for folder, name in pictures[:_NAMED]], ",
        "for folder, name in pictures][:_NAMED], ",
        ("chronicle/test_site.py::test_of_thousands_of_missing_pictures_only_those_that_are_named_are_looked_for",),
    ),
)
