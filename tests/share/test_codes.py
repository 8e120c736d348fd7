import secrets

from radiary.share.codes import Codes


def test_a_thing_has_one_code_in_a_copy_and_another_in_the_next() -> None:
    one, other = Codes(secrets.token_bytes), Codes(secrets.token_bytes)
    assert one.code("exam 1.2.3") == one.code("exam 1.2.3")
    assert len({one.code("exam 1.2.3"), one.code("exam 1.2.4"), other.code("exam 1.2.3"), other.code("exam 1.2.4")}) == 4
    assert one.number("places", 10_000) == one.number("places", 10_000) < 10_000
    assert len({Codes(secrets.token_bytes).number("places", 10_000) for _ in range(8)}) > 1
