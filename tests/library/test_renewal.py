from members import filed, staged
from radiary.library import renewal
from radiary.library.shelf import Library


def test_links_and_empty_folders_of_its_owners_stay_where_a_study_is_made_anew(shelf: Library) -> None:
    folder = filed(shelf, *staged(shelf, "a"), None)[0].folder
    study, other = shelf.root / folder, shelf.root / "other"
    other.mkdir()
    (study / "my link").symlink_to(other)
    (study / "empty").mkdir()
    made = shelf.tray("rescaling")
    (made / "a.png").write_bytes(b"anew")
    renewal.renew(study, {"002-chest/a.png": made / "a.png"}, shelf.study(folder), made=made)
    shelf.clear()
    assert (study / "my link").is_symlink()
    assert (study / "empty").is_dir()
    assert (study / "002-chest/a.png").read_bytes() == b"anew"
