from radiary.service.room import Room

MB = 1 << 20


def test_what_did_not_fit_waits_until_a_disk_has_more_room() -> None:
    room = Room()
    room.refuse("a", "library-full", free=(500 * MB, 10 * MB), now=0)
    assert room.reason == "library-full"
    assert not room.may_fit("a", free=(900 * MB, 11 * MB), now=60)
    assert room.may_fit("a", free=(500 * MB, 30 * MB), now=60)
    assert room.may_fit("b", free=(), now=60)
    room.accept("a")
    assert room.reason is None


def test_what_did_not_fit_is_tried_every_hour_in_any_case() -> None:
    room = Room()
    room.refuse("a", "library-full", free=(10 * MB,), now=0)
    assert not room.may_fit("a", free=(10 * MB,), now=3599)
    assert room.may_fit("a", free=(10 * MB,), now=3600)
