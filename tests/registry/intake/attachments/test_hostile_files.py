"""Whatever is thrown at it: a clear refusal, or a file in which nothing is left but what can be seen.

Two judges that share nothing with the product look at what is kept: ``structure.py`` reads its parts byte by
byte, and exiftool, which knows more places for words than anybody, lists what it finds.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from registry.errors import Invalid
from registry.intake.attachments.cleaning import cleaned
from registry.intake.attachments.rules import FILE_MAX, PIXELS_MAX, Clean, Kind
from tests.conftest import missing
from tests.registry.intake.attachments.hostile import Sample, corpus
from tests.registry.intake.attachments.planting import LATITUDE, MARK
from tests.registry.intake.attachments.structure import JPEG_PARTS, PNG_PARTS, parts

SECONDS = 12
"""For one file, on a machine that does other things meanwhile."""
GROUPS = {"ExifTool", "System", "File", "JFIF", "PNG", "Composite"}
"""Groups of tags (family 1) that speak of the file itself and its format."""
PLAIN = {
    *("SourceFile", "ExifToolVersion", "FileName", "Directory", "FileSize", "FilePermissions"),
    *("FileModifyDate", "FileAccessDate", "FileInodeChangeDate", "FileType", "FileTypeExtension", "MIMEType"),
    *("ImageWidth", "ImageHeight", "ImageSize", "Megapixels", "BitDepth", "ColorType", "Compression"),
    *("Filter", "Interlace", "JFIFVersion", "ResolutionUnit", "XResolution", "YResolution"),
    *("EncodingProcess", "BitsPerSample", "ColorComponents", "YCbCrSubSampling"),
}


@dataclass(frozen=True)
class Outcome:
    """What became of a file."""

    name: str
    kept: Clean | None
    said: str
    seconds: float


@pytest.fixture(scope="module")
def files() -> list[Sample]:
    return corpus()


@pytest.fixture(scope="module")
def outcomes(files: list[Sample]) -> list[Outcome]:
    return [_tried(name, data) for name, data in files]


def _tried(name: str, data: bytes) -> Outcome:
    before = time.monotonic()
    try:
        kept, said = cleaned(name, data), ""
    except Invalid as refusal:
        kept, said = None, refusal.text
    return Outcome(name, kept, said, time.monotonic() - before)


def pictures(outcomes: list[Outcome]) -> list[tuple[str, Clean]]:
    """What was kept as a picture."""
    return [
        (one.name, one.kept)
        for one in outcomes
        if one.kept is not None and one.kept.media.kind is Kind.PICTURE
    ]


def test_every_file_is_kept_clean_or_refused_in_words(outcomes: list[Outcome]) -> None:
    assert len(outcomes) >= 250
    for one in outcomes:
        assert (one.kept is None) == ("; /file: " in one.said), one.name
    kept = pictures(outcomes)
    refused = [one for one in outcomes if one.kept is None]
    assert len(kept) > 100
    assert len(refused) > 100
    assert [one.name for one in outcomes if one.kept and one.kept.media.kind is not Kind.PICTURE] == []


def test_no_planted_word_is_left_in_any_spelling(outcomes: list[Outcome]) -> None:
    spellings = (MARK, MARK.decode().encode("utf-16-le"), MARK.decode().encode("utf-16-be"), MARK[::-1])
    for name, kept in pictures(outcomes):
        for spelling in spellings:
            assert spelling not in kept.data + kept.glimpse, name


def test_nothing_but_pixels_is_left(outcomes: list[Outcome]) -> None:
    for name, kept in pictures(outcomes):
        expected = JPEG_PARTS if kept.media.value == "image/jpeg" else PNG_PARTS
        assert parts(kept.media.value, kept.data) == expected, name
        assert parts("image/jpeg", kept.glimpse) == JPEG_PARTS, name


def test_exiftool_finds_nothing(
    outcomes: list[Outcome], tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    program = shutil.which("exiftool")
    if program is None:
        missing("exiftool (libimage-exiftool-perl)")
    assert program is not None
    found = pictures(outcomes)
    for number, (_, kept) in enumerate(found):
        (tmp_path / f"{number}.{kept.media.ending}").write_bytes(kept.data)
        (tmp_path / f"{number}-glimpse.jpg").write_bytes(kept.glimpse)
    told = _told(program, tmp_path)
    assert len(told) == 2 * len(found)
    for tags in told:
        names = {tag.rpartition(":")[2] for tag in tags}
        groups = {tag.partition(":")[0] for tag in tags if ":" in tag}
        assert (names - PLAIN, groups - GROUPS) == (set(), set()), tags
        assert not {"Warning", "Error"} & names
        assert MARK.decode() not in json.dumps(tags)
    record_property("hostile files", len(outcomes))
    record_property("kept, with nothing that exiftool finds", len(found))


def test_exiftool_would_have_found_it(files: list[Sample], tmp_path: Path) -> None:
    """Else the test above could be content with a judge that is blind."""
    program = shutil.which("exiftool")
    if program is None:
        missing("exiftool (libimage-exiftool-perl)")
    assert program is not None
    for name, data in files:
        (tmp_path / name.replace("/", " ")).write_bytes(data[:100_000])
    told = json.dumps(_told(program, tmp_path))
    assert told.count(MARK.decode()) > 80
    degrees = LATITUDE[0] + LATITUDE[1] / 60 + LATITUDE[2] / 3600
    assert told.count(f'"GPS:GPSLatitude": {degrees}'[:28]) > 5


def test_no_file_takes_long(outcomes: list[Outcome], record_property: pytest.RecordProperty) -> None:
    slowest = max(outcomes, key=lambda one: one.seconds)
    assert slowest.seconds < SECONDS, slowest.name
    record_property("slowest", f"{slowest.seconds:.2f} s, {slowest.name}")


def test_what_is_kept_is_bounded(outcomes: list[Outcome]) -> None:
    for name, kept in pictures(outcomes):
        assert kept.width is not None, name
        assert kept.height is not None, name
        assert kept.width * kept.height <= PIXELS_MAX, name
        assert len(kept.data) <= FILE_MAX, name
        assert len(kept.glimpse) < 1_500, name


def _told(program: str, folder: Path) -> list[dict[str, object]]:
    """Every tag of every file of a folder, unknown and doubled ones too, as exiftool lists them."""
    run = subprocess.run(
        [program, "-json", "-a", "-u", "-U", "-ee", "-G1", "-n", "-q", "-r", str(folder)],
        capture_output=True,
        check=False,
    )
    told: list[dict[str, object]] = json.loads(run.stdout)
    return told
