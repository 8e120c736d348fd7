"""Guards of what identifies people outside names: sealed passwords, numbers, dates, who may be one person; see `guards.py`."""

from guard import Guard

_PASSWORDS, _NUMBERS = "state/test_passwords.py::", "dicom/wall/test_telling_numbers.py::"
_SAME = "state/test_same_person.py::"

SECRETS = (
    Guard(
        "passwords are sealed",
        "state/passwords.py",
        "private.replace(self._path, _MARK + sealed)",
        "private.replace(self._path, ''.join(f'{one}\\n' for one in passwords).encode())",
        (_PASSWORDS + "test_no_password_stands_in_the_file",),
    ),
    Guard(
        "passwords of an older Radiary are sealed",
        "state/passwords.py",
        "                self._keep(known)\n",
        "                pass\n",
        (_PASSWORDS + "test_a_file_of_an_older_radiary_is_read_and_sealed",),
    ),
    Guard(
        "passwords of another key are not written over",
        "state/passwords.py",
        "        except (OSError, ValueError):\n            return False\n",
        "        except (OSError, ValueError):\n            return True\n",
        (_PASSWORDS + "test_a_file_of_another_key_gives_none_and_is_not_written_over",),
    ),
    Guard(
        "an emptied file of passwords is damage",
        "state/passwords.py",
        " and bool(self._opened(self._path.read_bytes()))",
        " and self._opened(self._path.read_bytes()) is not None",
        (_PASSWORDS + "test_a_file_that_gives_none_is_not_written_over",),
    ),
    Guard(
        "zeros are no passwords",
        "state/passwords.py",
        '        if b"\\0" in text:\n',
        "        if False:\n",
        (_PASSWORDS + "test_a_file_that_gives_none_is_not_written_over",),
    ),
    Guard(
        "passwords that others can read are not tried in silence",
        "state/passwords.py",
        "not (self._path.stat().st_mode & 0o077) and ",
        "",
        (_PASSWORDS + "test_a_file_that_gives_none_is_not_written_over",),
    ),
    Guard(
        "no key is made in place of a lost one",
        "state/folder.py",
        'self.key(None if has_key or not has_ledger else "")',
        "self.key(None)",
        (_PASSWORDS + "test_a_lost_key_is_said_and_none_is_made_in_its_place",),
    ),
    Guard(
        "a number of four digits is hers where it stands alone",
        "dicom/wall/telling_numbers.py",
        " or own.are_short_number(digits)",
        "",
        (_NUMBERS + "test_a_telling_number_goes",),
    ),
    Guard(
        "the day of her birth goes",
        "dicom/wall/telling_numbers.py",
        " and own.are_birthday(match[1], match[3])",
        " and False",
        (_NUMBERS + "test_a_telling_number_goes",),
    ),
    Guard(
        "the day of her birth goes in four digits",
        "dicom/wall/telling_numbers.py",
        " or is_birthday or",
        " or",
        (_NUMBERS + "test_a_telling_number_goes",),
    ),
    Guard(
        "a birthday is one in any order",
        "dicom/wall/own_words.py",
        ', _BIRTHDAY + "".join(reversed(parts))',
        "",
        (_NUMBERS + "test_a_telling_number_goes",),
    ),
    Guard(
        "great ages and the postcodes of Britain and Canada go",
        "dicom/wall/telling_numbers.py",
        "for pattern in (_AGE, _POSTCODES)",
        "for pattern in ()",
        (_NUMBERS + "test_a_telling_number_goes",),
    ),
    Guard(
        "a postcode before capital letters goes",
        "dicom/wall/telling_numbers.py",
        "if match[1] and match[1] not in _UNITS:",
        "if False:",
        (_NUMBERS + "test_a_telling_number_goes",),
    ),
    Guard(
        "a postcode beside a place goes",
        "dicom/wall/telling_numbers.py",
        "elif any(place and not is_safe(folded(place)) for place in places):",
        "elif False:",
        (_NUMBERS + "test_a_telling_number_goes",),
    ),
    Guard(
        "a typed number of four digits is hers",
        "dicom/wall/element_rules.py",
        "return is_short or (",
        "return (",
        (_NUMBERS + "test_a_number_of_four_digits_is_hers_where_it_stands_alone",),
    ),
    Guard(
        "other people's long numbers go",
        "dicom/wall/element_rules.py",
        "is_short or (not may_be_large and _MILLIONS.match(text) is not None)",
        "is_short",
        (_NUMBERS + "test_other_peoples_long_numbers_go",),
    ),
    Guard(
        "measured large numbers stay",
        "dicom/wall/element_rules.py",
        "not may_be_large and _MILLIONS",
        "_MILLIONS",
        (_NUMBERS + "test_a_measured_large_number_stays",),
    ),
    Guard(
        "a number with zeros before it is the same number",
        "state/same_person.py",
        '.casefold().lstrip("0")',
        ".casefold()",
        (_SAME + "test_spellings_and_hospitals_of_one_person_are_proposed",),
    ),
)
