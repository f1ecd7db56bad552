"""The formats in which a dataset can be exported. Nothing here is slow to import, because the command line names the
formats before it loads any."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """The formats: `sav` is SPSS, `zsav` is compressed SPSS, `dta` is Stata, `ddi` is CSV with a codebook in XML."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"
    SAV = "sav"
    ZSAV = "zsav"
    DTA = "dta"
    DDI = "ddi"
