import numpy as np
import pytest

import exports
from leaks import technical
from radiary.dicom import hidden_values
from walled import clean


@pytest.mark.parametrize("ends", [(3000, 3400), (100, 500)])
def test_where_values_beyond_a_window_begin_is_no_edge_among_them(ends: tuple[int, int]) -> None:
    grain = np.random.default_rng(1).integers(*ends, (60, 80))
    is_beyond = np.zeros((60, 80), bool)
    is_beyond[20:40, 10:70:4] = True
    made = exports.dataset(modality="DX", sop_class=technical.CLASSES["DX"], WindowCenter=1750, WindowWidth=500)
    ((hidden, _),) = hidden_values.pictures(
        clean(exports.with_pixels(made, np.where(is_beyond, grain, 1700).astype("<u2"), stored=12))
    )
    assert abs(float(hidden[is_beyond].mean()) - float(hidden[~is_beyond].mean())) < 20
    assert np.ptp(hidden[is_beyond]) > 200
