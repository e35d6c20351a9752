"""The guard over the forms of pages sees what it is for; the whole suite runs under it (``tests/conftest.py``)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.forms_of_pages import keyed_views, wrong_forms

TOKEN = '<input type="hidden" name="csrfmiddlewaretoken" value="x">'
KEY = '<input type="hidden" name="kunci" value="x">'
KEYED = "/m/sikur-2027/usulan/baru/"


@pytest.mark.parametrize(
    "page, told",
    [
        (f'<form method="post">{TOKEN}<input name="berkas" type="file"></form>', "sends no file"),
        (f'<form method="post" id="a">{TOKEN}</form><input type="file" form="a">', "sends no file"),
        ('<form method="post" action="/keluar/"><button>Keluar</button></form>', "has no token"),
        (f'<form method="post" action="{KEYED}">{TOKEN}</form>', "has no key"),
        (f'<form hx-post="{KEYED}">{TOKEN}</form>', "has no key"),
    ],
)
def test_a_form_that_loses_something_is_told(page, told):
    assert [told in one for one in wrong_forms(page, "/")] == [True]


@pytest.mark.parametrize(
    "page",
    [
        f'<form method="post" enctype="multipart/form-data">{TOKEN}<input type="file"></form>',
        f'<form method="post" action="{KEYED}">{TOKEN}{KEY}</form>',
        '<form role="search"><input name="cari"></form>',
    ],
)
def test_a_whole_form_is_left_alone(page):
    assert wrong_forms(page, "/") == []


def test_views_that_read_a_key_are_found_and_every_test_client_is_watched():
    assert len(keyed_views()) >= 12
    assert Client.request.__module__ == "tests.forms_of_pages"
    assert reverse("usulan:create", args=["sikur-2027"]) == KEYED
