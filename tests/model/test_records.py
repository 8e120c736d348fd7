from dataclasses import replace

import pytest

from members import placed
from radiary.library import assemble
from radiary.model import records


def test_what_is_written_is_read_again_an_instance_a_line() -> None:
    study = assemble.studies({n: placed(f"u{n}", series=f"2.25.{n % 2}", position=float(n)) for n in range(5)})[0].record
    study = replace(
        study, skipped={'"series":[]': 2}, series=(replace(study.series[0], label='a "instances":[] b'), study.series[1])
    )
    data = b"".join(records.written(study))
    assert records.parsed(data) == study
    lines = data.splitlines()
    assert len(max(lines, key=len)) < 600
    assert sum(b'"pixels":' in line for line in lines) == 5


def test_a_study_without_series_is_written_too() -> None:
    study = replace(assemble.studies({0: placed("a")})[0].record, series=())
    assert records.parsed(b"".join(records.written(study))) == study


def test_a_line_that_nobody_wrote_is_refused() -> None:
    study = assemble.studies({0: placed("a")})[0].record
    data = b"".join(records.written(study)).replace(b'"pixels"', b'"pxels"')
    with pytest.raises(ValueError, match="pixels"):
        records.parsed(data)


def test_a_record_that_says_more_than_we_know_of_is_refused() -> None:
    study = assemble.studies({0: placed("a")})[0].record
    data = b"".join(records.written(study))
    for known in (b'"uid":"2.25.1"', b'"uid":"2.25.2"', b'"uid":"a"', b'"path":"001/a.png"'):
        assert data.count(known) == 1
        with pytest.raises(ValueError, match="name"):
            records.parsed(data.replace(known, known + b',"name":"Petronella"'))


def test_a_record_of_a_later_version_is_not_taken_for_ours() -> None:
    data = b"".join(records.written(assemble.studies({0: placed("a")})[0].record))
    with pytest.raises(ValueError, match="version"):
        records.parsed(data.replace(b'"version":1', b'"version":2'))
