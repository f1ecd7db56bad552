from __future__ import annotations

import polars as pl

from kuule.dataset.schema.number_bands import BAND_ABOVE, BAND_BELOW, BANDS, band_code, band_codes

NUMBERS = [-1000, -10, -1, -0.5, 0, 0.5, 9, 9.5, 10, 17, 99, 99.5, 100, 101, 5000]


def test_a_number_is_in_one_band_by_itself_and_in_a_column() -> None:
    bands = pl.DataFrame({"n": [float(each) for each in NUMBERS]}).select(band_codes(pl.col("n"))).to_series().to_list()
    assert bands == [band_code(each) for each in NUMBERS]
    assert (bands[0], bands[4], bands[7], bands[11], bands[-1]) == (BAND_BELOW, "0-9", "0-9", "90-99", BAND_ABOVE)
    assert set(bands) <= set(BANDS)
    whole = pl.DataFrame({"n": [None, -1, 0, 99, 100]}).select(band_codes(pl.col("n"))).to_series().to_list()
    assert whole == [None, BAND_BELOW, "0-9", "90-99", BAND_ABOVE]
