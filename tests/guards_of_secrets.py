"""Guards of what identifies people outside names: sealed passwords, numbers, dates, who may be one person; see `guards.py`."""

from guard import Guard

_PASSWORDS = "state/test_passwords.py::"

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
        "        except ValueError:\n            return False\n",
        "        except ValueError:\n            return True\n",
        (_PASSWORDS + "test_a_file_of_another_key_gives_none_and_is_not_written_over",),
    ),
    Guard(
        "no key is made in place of a lost one",
        "state/folder.py",
        'self.key(None if has_key or not has_ledger else "")',
        "self.key(None)",
        (_PASSWORDS + "test_a_lost_key_is_said_and_none_is_made_in_its_place",),
    ),
)
