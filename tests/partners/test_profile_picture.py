"""A partner's picture: small, square, without what the camera wrote into it, and taken back if need be."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from customers import actions
from partners import clock, files, pictures, profile
from partners.models import StoredFile
from tests.trust_factories import ProfileFactory

PLACE = 0x8825  # GPS
TURNED = 0x0112


def picture(size=(900, 600), kind="JPEG", colour="red", **exif) -> bytes:
    file, tags = BytesIO(), Image.Exif()
    tags[0x010F] = "Canary Camera"
    tags[TURNED] = exif.get("turned", 1)
    tags.get_ifd(PLACE)[1] = "N"
    image = Image.new("RGBA" if kind == "PNG" else "RGB", size, colour)
    image.paste("blue", (0, 0, size[0], size[1] // 2))
    image.save(file, kind, exif=tags)
    return file.getvalue()


def send(client, content: bytes, name="me.jpg"):
    return client.post(reverse("profile-picture"), {"picture": SimpleUploadedFile(name, content)})


def stored_face(anna) -> Any:
    return Image.open(BytesIO(files.content(anna.profiles.get().picture)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_small_and_square_and_tells_no_more(as_anna, anna, kind):
    sent = picture(kind=kind)
    assert b"Canary Camera" in sent

    send(as_anna, sent)

    kept = files.content(anna.profiles.get().picture)
    face = stored_face(anna)
    assert (face.format, face.size) == ("JPEG", (320, 320))
    assert not face.getexif()
    assert b"Canary" not in kept
    assert len(kept) < 30_000
    assert anna.profiles.get().picture.expires_at is None


def test_a_picture_taken_sideways_stands_upright(as_anna, anna):
    send(as_anna, picture(size=(600, 600), turned=6))  # the camera was held upright

    face = stored_face(anna)
    blue = face.split()[2]  # red on the left, blue on the right
    assert blue.getpixel((20, 160)) + 200 < blue.getpixel((300, 160))


def test_what_is_clear_becomes_white(as_anna, anna):
    file = BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(file, "PNG")

    send(as_anna, file.getvalue())

    assert stored_face(anna).convert("L").getpixel((10, 10)) > 250


@pytest.mark.parametrize(
    "content",
    [b"no picture", b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture()[:400]],
    ids=["text", "nothing", "svg", "half"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(as_anna, anna, content):
    page = as_anna.post(
        reverse("profile-picture"), {"picture": SimpleUploadedFile("x.jpg", content)}, follow=True
    )

    assert "Ein JPG geht immer." in page.content.decode()
    assert not anna.files.exists()


def test_a_picture_of_very_many_points_is_not_unpacked(as_anna, anna, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)

    send(as_anna, picture())

    assert not anna.files.exists()


def test_a_picture_that_is_too_large_is_refused(as_anna, anna, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)

    page = as_anna.get(send(as_anna, picture()).url).content.decode()

    assert "Bis 15 MB passt es." in page
    assert not anna.files.exists()


def test_another_picture_can_be_taken_back_and_the_former_one_stays_then(as_anna, anna, clock):
    send(as_anna, picture())
    first = anna.profiles.get().picture
    send(as_anna, picture(colour="green"))
    second = anna.profiles.get().picture
    assert second != first
    assert StoredFile.unscoped.get(pk=first.pk).expires_at is not None

    last = anna.changes.latest("pk")
    actions.undo(anna, anna.user, last.act_id)

    clock.shift(profile.FORMER_STAYS.total_seconds() + 1)
    files.tidy()
    assert anna.profiles.get().picture == first
    assert list(anna.files.all()) == [first]


def test_the_former_picture_goes_in_time(as_anna, anna, clock):
    send(as_anna, picture())
    send(as_anna, picture(colour="green"))

    clock.shift(profile.FORMER_STAYS.total_seconds() + 1)
    files.tidy()

    assert list(anna.files.all()) == [anna.profiles.get().picture]


def test_what_is_typed_beside_the_picture_can_still_be_saved(as_anna, anna):
    stored = ProfileFactory(partner=anna)
    form = as_anna.get(reverse("profile")).context["form"]
    send(as_anna, picture())

    typed = {**form.initial, "row_version": stored.version, "sentence": "Typed meanwhile"}
    response = as_anna.post(reverse("profile"), {k: v for k, v in typed.items() if v is not None})

    assert response.status_code == 302
    assert anna.profiles.get().sentence == "Typed meanwhile"
    assert anna.profiles.get().picture is not None


def test_a_profile_does_without_a_picture(as_anna, anna):
    ProfileFactory(partner=anna)
    send(as_anna, picture())

    as_anna.post(reverse("profile-picture"), {"without": "1"})

    assert anna.profiles.get().picture is None
    assert anna.files.get().expires_at > clock.now()
    assert profile.face(anna.profiles.get()) == ""
