"""The pictures and sounds of a study folder that was read: what its questionnaire names, and the files for it."""

from __future__ import annotations

from kuule.study.folder import FolderReading
from kuule.study.media.folder import StudyMedia, read_study_media
from kuule.study.media.named import find_media_references
from kuule.study.questionnaire import questionnaire_from_workbook


def read_folder_media(gathered: FolderReading) -> StudyMedia:
    """None at all where settings or questionnaire could not be read: then others say what is wrong."""
    settings, xlsform = gathered.settings, gathered.xlsform
    questionnaire = None if xlsform is None else questionnaire_from_workbook(xlsform.workbook)
    if settings is None or xlsform is None or questionnaire is None or not settings.languages:
        return StudyMedia()
    source = settings.source_language
    tags = (source, *(tag for tag in settings.languages if tag != source))
    named = find_media_references(questionnaire, xlsform.workbook, xlsform.language, tags)
    return read_study_media(gathered.path, named, tags)
