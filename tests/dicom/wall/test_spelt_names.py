"""A name in single letters is a name."""

import pytest

import exports
from walled import clean


@pytest.mark.parametrize("spelt", ["S.Y.N.T.H.E.T.I.C.A", "S Y N T H E T I C", "s_y_n_t_h_e_t_i_c_a", "S-Y-N-T-H-E-T-I-C-A"])
def test_a_name_in_single_letters_is_no_image_type(spelt: str) -> None:
    found = clean(exports.slice_of_ct(ImageType=["ORIGINAL", "PRIMARY", spelt])).dataset.get("ImageType")
    assert spelt not in (found or ())


def test_terms_with_a_letter_or_two_stay() -> None:
    kinds = ["ORIGINAL", "PRIMARY", "M_FFE", "M", "FFE"]
    assert list(clean(exports.slice_of_ct(ImageType=kinds)).dataset.ImageType) == kinds
