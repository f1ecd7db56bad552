import pytest

from kuule.errors import KuuleError
from kuule.languages.tags import Language, is_language, language


def test_language_known_names_itself_and_its_direction():
    assert language("sv") == Language("sv", "svenska", "Swedish", rtl=False)
    assert language("ar") == Language("ar", "العربية", "Arabic", rtl=True)
    assert [language(tag).direction for tag in ("ar", "fa", "he", "uk", "en")] == ["rtl", "rtl", "rtl", "ltr", "ltr"]


@pytest.mark.parametrize("tag", ["zz", "SV", "en_US", "", "../etc", "en-XX", "sv ", "ar\u202e"])
def test_language_unknown_or_not_canonical_is_refused(tag):
    assert is_language(tag) is False
    with pytest.raises(KuuleError) as raised:
        language(tag)
    assert [problem.code for problem in raised.value.problems] == ["LANG_001"]
