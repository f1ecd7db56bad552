"""The formats that a dataset can be exported in. Nothing heavy: the command line names them before it loads any."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """`sav` is SPSS, `zsav` the same zipped, `dta` is Stata; `ddi` is CSV with a codebook in XML."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"
    SAV = "sav"
    ZSAV = "zsav"
    DTA = "dta"
    DDI = "ddi"
