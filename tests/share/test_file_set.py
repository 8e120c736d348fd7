from pydicom.dataset import Dataset

from radiary.share import file_set


def test_what_a_record_must_say_is_made_up_for_the_record_alone() -> None:
    copy, said = Dataset(), []
    copy.StudyID, copy.StudyDate = "", "20240301"

    def record(shown: Dataset) -> Dataset:
        said.append((shown.StudyID, shown.StudyDate))
        return shown

    file_set._completing(record, {"StudyID": "1", "StudyDate": "20000101"})(copy)
    assert said == [("1", "20240301")]
    assert (copy.StudyID, copy.StudyDate) == ("", "20240301")
