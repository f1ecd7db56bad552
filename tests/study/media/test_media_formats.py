"""What is taken is told by content; what is no picture or sound stays out of an edition; the rest is as it was."""

# ruff: noqa: E501  # a case is one line, so that cases can be compared

import re

import pytest

from kuule.study.media.media_formats import CONTENT_TYPES, MAX_SIDE_PIXELS, MEDIA_FORMATS, read_medium
from kuule.study.media.medium import MediaKind, UnusableMedia, parse_media_name
from tests.study.media import files as made

IMAGE, AUDIO = MediaKind.IMAGE, MediaKind.AUDIO
SECRET = b"60.1699 N by Somebody"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WORDS = "words that nobody sees"
XMP = "who made it and what was done to it (XMP, IPTC)"
CAMERA, SPOT = "the camera and the moment (Exif)", "the place where it was taken"


@pytest.mark.parametrize(
    ("content", "kind", "suffix", "size"),
    [
        (made.png(), IMAGE, "png", (4, 3)),
        (made.jpeg(16, 8, made.JFIF), IMAGE, "jpg", (16, 8)),
        (made.riff((b"VP8L", made.vp8l())), IMAGE, "webp", (5, 2)),
        (made.riff((b"VP8 ", b"\0\0\0\x9d\x01\x2a\x07\0\x09\0")), IMAGE, "webp", (7, 9)),
        (made.riff((b"VP8X", made.vp8x(30, 20, 0x10)), (b"VP8L", made.vp8l())), IMAGE, "webp", (30, 20)),
        (made.mp3(), AUDIO, "mp3", (0, 0)),
        (made.m4a(), AUDIO, "m4a", (0, 0)),
    ],
)
def test_kind_and_size_are_read_from_the_content(content, kind, suffix, size):
    medium = read_medium(content, kind)
    assert (medium.kind, medium.suffix, (medium.width, medium.height), medium.stripped_metadata) == (
        kind,
        suffix,
        size,
        (),
    )
    name = parse_media_name(medium.name)
    assert (name.suffix, name.width, name.height) == (suffix, *size)


def test_every_kind_is_one_that_a_test_makes():
    assert {one.SUFFIX for one in MEDIA_FORMATS} == set(CONTENT_TYPES) == {"png", "jpg", "webp", "mp3", "m4a", "ogg"}


def test_clean_picture_and_sound_stay_as_they_were():
    for content, kind in ((made.png(), IMAGE), (made.jpeg(8, 8, made.JFIF), IMAGE), (made.mp3(), AUDIO)):
        assert read_medium(content, kind).content == content
    webp = made.riff((b"VP8L", made.vp8l()))
    assert read_medium(webp, IMAGE).content == webp


@pytest.mark.parametrize(
    ("content", "kind", "told"),
    [
        (made.png(4, 3, made.png_chunk(b"tEXt", b"Author\0" + SECRET)), IMAGE, (WORDS,)),
        (made.png(4, 3, made.png_chunk(b"iTXt", SECRET)), IMAGE, (WORDS,)),
        (made.png(4, 3, made.png_chunk(b"eXIf", made.PLACE + SECRET)), IMAGE, (CAMERA, SPOT)),
        (made.png(4, 3, made.png_chunk(b"tIME", SECRET)), IMAGE, ("the moment when it was made",)),
        (made.png(4, 3, made.png_chunk(b"caBX", SECRET)), IMAGE, ("a part that no picture needs (caBX)",)),
        (made.png(4, 3, made.png_chunk(b"iCCP", b"screen of\0" + SECRET)), IMAGE, ()),
        (made.png(after=SECRET), IMAGE, ("something behind its end",)),
        (made.jpeg(8, 8, made.segment(0xE1, b"Exif\0\0" + made.PLACE + SECRET)), IMAGE, (CAMERA, SPOT)),
        (made.jpeg(8, 8, made.segment(0xE1, b"Exif\0\0" + made.exif() + SECRET)), IMAGE, (CAMERA,)),
        (made.jpeg(8, 8, made.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)), IMAGE, (XMP,)),
        (made.jpeg(8, 8, made.segment(0xED, b"Photoshop 3.0\0" + SECRET)), IMAGE, (XMP,)),
        (made.jpeg(8, 8, made.segment(0xFE, SECRET)), IMAGE, (WORDS,)),
        (made.jpeg(8, 8, made.segment(0xE2, b"MPF\0" + SECRET)), IMAGE, ("another picture inside it",)),
        (made.jpeg(8, 8, made.segment(0xE2, b"ICC_PROFILE\0" + SECRET)), IMAGE, ()),
        (made.jpeg(8, 8, made.segment(0xEB, SECRET)), IMAGE, ("a part that no picture needs (0xEB)",)),
        (made.jpeg(8, 8, made.segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\2\2" + SECRET)), IMAGE, ()),
        (made.jpeg(after=SECRET), IMAGE, ("something behind its end",)),
        (made.riff((b"VP8X", made.vp8x(5, 2, 8)), (b"VP8L", made.vp8l()), (b"EXIF", made.PLACE + SECRET)), IMAGE, (CAMERA, SPOT)),
        (made.riff((b"VP8X", made.vp8x(5, 2, 4)), (b"VP8L", made.vp8l()), (b"XMP ", SECRET)), IMAGE, (XMP,)),
        (made.riff((b"VP8L", made.vp8l())) + SECRET, IMAGE, ("something behind its end",)),
        (made.mp3(before=made.id3((b"TPE1", SECRET))), AUDIO, ("notes about it (title, people, perhaps a picture or a day: ID3)",)),
        (made.mp3(before=made.id3((b"TSSE", b"LAME " + SECRET))), AUDIO, ()),
        (made.mp3(after=b"TAG" + SECRET.ljust(125)), AUDIO, ("notes about it (title, people, perhaps a picture or a day: ID3)",)),
        (made.opus(made.opus_notes(b"ARTIST=" + SECRET)), AUDIO, ("notes about it (title, people, perhaps a place or a day)",)),
        (made.opus(made.opus_notes(b"encoder=" + SECRET)), AUDIO, ()),
        (made.m4a(made.box(b"udta", made.box(b"\xa9xyz", SECRET))), AUDIO, ("the place where it was recorded",)),
        (made.m4a(made.box(b"udta", made.box(b"meta", SECRET))), AUDIO, ("notes about it (title, people, perhaps a day)",)),
        (made.m4a(before=made.box(b"uuid", SECRET)), AUDIO, ("notes about it (title, people, perhaps a day)",)),
        (made.m4a(before=made.box(b"free", SECRET)), AUDIO, ()),
    ],
)  # fmt: skip
def test_what_is_said_besides_is_left_out_and_told(content, kind, told):
    assert SECRET in content, "nothing could be left out"
    medium = read_medium(content, kind)
    assert medium.stripped_metadata == told
    assert SECRET not in medium.content
    again = read_medium(medium.content, kind)
    assert (again.content, again.stripped_metadata) == (medium.content, ())


def test_times_of_a_recording_are_blanked_and_nothing_moves():
    content = made.m4a(made.box(b"udta", b"by Somebody"))
    medium = read_medium(content, AUDIO)
    assert content.count(made.DATED[4:]) == 3
    assert medium.content.count(made.DATED[4:]) == 0
    assert len(medium.content) == len(content)
    assert medium.content.index(b"sound") == content.index(b"sound")


def test_pages_of_opus_are_numbered_and_summed_anew_when_long_notes_go():
    long = made.opus_notes(b"ARTIST=" + b"x" * 200)
    split = made.ogg_page(2, 0, 0, made.OPUS_HEAD) + made.ogg_page(0, 0, 1, long)
    content = split + made.ogg_page(4, 960, 2, b"\xf8\xff\xfe")
    medium = read_medium(content, AUDIO)
    assert medium.content == read_medium(made.opus(packets=1), AUDIO).content
    at = [match.start() for match in re.finditer(b"OggS", medium.content)]
    assert [int.from_bytes(medium.content[one + 18 : one + 22], "little") for one in at] == [0, 1, 2]


@pytest.mark.parametrize(
    ("content", "kind", "cause"),
    [
        (SVG, IMAGE, "is not PNG, JPEG or WebP, whatever its name says"),
        (b"GIF89a" + bytes(20), IMAGE, "is not PNG, JPEG or WebP, whatever its name says"),
        (b"", IMAGE, "is not PNG, JPEG or WebP, whatever its name says"),
        (made.png(), AUDIO, "is not MP3, M4A (AAC) or Ogg (Opus), though it stands in the column audio"),
        (made.mp3(), IMAGE, "is not PNG, JPEG or WebP, though it stands in the column image"),
        (made.png(4, 3, made.png_chunk(b"acTL", bytes(8))), IMAGE, "moves, and a picture that moves cannot be stopped"),
        (made.riff((b"VP8X", made.vp8x(5, 2, 2)), (b"ANIM", bytes(6))), IMAGE, "moves, and a picture that moves cannot be stopped"),
        (made.png()[:-20], IMAGE, "is a PNG that is cut off or broken"),
        (made.png().replace(b"\x08\x02", b"\x08\x03", 1), IMAGE, "is a PNG that is cut off or broken"),
        (made.jpeg()[:-8], IMAGE, "is a JPEG that is cut off or broken"),
        (b"\xff\xd8\xff", IMAGE, "is a JPEG that is cut off or broken"),
        (b"\xff\xd8" + made.JFIF + b"\xff\xd9", IMAGE, "is a JPEG that is cut off or broken"),
        (made.jpeg().replace(b"\xff\xc0", b"\xff\xc3"), IMAGE, "is a kind of JPEG that browsers do not show"),
        (made.riff((b"VP8L", made.vp8l()))[:-3], IMAGE, "is a WebP that is cut off or broken"),
        (made.riff((b"ALPH", b"xx")), IMAGE, "is a WebP that is cut off or broken"),
        (made.jpeg(8, 8, made.segment(0xE1, b"Exif\0\0" + made.exif(6))), IMAGE, "is stored turned, and only a note inside says how to show it"),
        (made.png(4, 3, made.png_chunk(b"eXIf", made.exif(3))), IMAGE, "is stored turned, and only a note inside says how to show it"),
        (made.png(MAX_SIDE_PIXELS + 1, 1), IMAGE, f"has {MAX_SIDE_PIXELS + 1} × 1 pixels, and {MAX_SIDE_PIXELS} a side is the most"),
        (made.png(0, 3), IMAGE, "is a picture without a size"),
        (made.id3((b"TIT2", b"x")), AUDIO, "is an MP3 without sound in it"),
        (made.mp3(5) + b"not a frame" + made.mp3(5), AUDIO, "is an MP3 that is broken in the middle"),
        (made.ogg_page(2, 0, 0, b"\x01vorbis"), AUDIO, "is an Ogg without Opus sound in it"),
        (made.opus() + made.ogg_page(2, 0, 0, made.OPUS_HEAD, stream=78), AUDIO, "has more than one stream"),
        (made.opus()[:-2], AUDIO, "is an Ogg that is cut off or broken"),
        (made.ogg_page(2, 0, 0, made.OPUS_HEAD), AUDIO, "is an Ogg that is cut off or broken"),
        (made.m4a(handler=b"vide"), AUDIO, "is an MP4 that is not one sound alone"),
        (made.m4a(codec=b"alac"), AUDIO, "is an M4A without AAC in it, which not every browser plays"),
        (made.m4a(before=made.box(b"moof")), AUDIO, "is an M4A in fragments, as for a stream"),
        (made.m4a()[:-3], AUDIO, "is an M4A that is cut off or broken"),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_said_with_its_cause(content, kind, cause):
    with pytest.raises(UnusableMedia) as raised:
        read_medium(content, kind)
    assert str(raised.value) == cause


@pytest.mark.parametrize(
    ("whole", "kind"),
    [
        (made.png(4, 3, made.png_chunk(b"eXIf", made.PLACE)), IMAGE),
        (made.jpeg(16, 16, made.JFIF, made.segment(0xE1, b"Exif\0\0" + made.PLACE)), IMAGE),
        (made.riff((b"VP8X", made.vp8x(5, 2, 8)), (b"VP8L", made.vp8l()), (b"EXIF", made.PLACE)), IMAGE),
        (made.mp3(3, made.id3((b"TPE1", b"x"))), AUDIO),
        (made.opus(made.opus_notes(b"ARTIST=x")), AUDIO),
        (made.m4a(made.box(b"udta", b"x" * 20)), AUDIO),
    ],
)
def test_any_byte_cut_off_or_changed_is_read_or_refused_and_never_breaks_the_reader(whole, kind):
    damaged = [whole[:length] for length in range(len(whole))]
    damaged += [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(len(whole))]
    for content in damaged:
        try:
            read_medium(content, kind)
        except UnusableMedia:
            continue
