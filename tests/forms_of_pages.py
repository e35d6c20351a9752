"""Every form of every page that any test opens: what it holds must reach the server.

A form with a file field and no ``enctype`` sends the name of the file and nothing of it; one without the token is refused;
one without the key of its page is stored twice by a second click. Nobody sees any of it before pressing the button.
"""

import ast
import importlib
import inspect
import re
from functools import cache
from urllib.parse import urljoin, urlsplit

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from musrenbang.forms.kunci import NAMA
from tests.test_arsitektur import SUMBER

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*["']([^"']*)["']""")
CONTROL = re.compile(r"<(?:input|select|textarea|button)\b[^>]*>")
OUTSIDE = re.compile(r"<input\b[^>]*\bform=[^>]*>")


@cache
def keyed_views():
    """Return the functions of views that read a form with a key."""
    found = set()
    for path in (p for p in SUMBER if p.parent.name == "views"):
        module = importlib.import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
        for function in (n for n in ast.parse(path.read_text()).body if isinstance(n, ast.FunctionDef)):
            names = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
            if any(_has_key(getattr(module, name, None)) for name in names):
                found.add(inspect.unwrap(getattr(module, function.name)))
    return found


def _has_key(one):
    return isinstance(one, type) and issubclass(one, forms.BaseForm) and NAMA in getattr(one, "base_fields", ())


def _attributes(text):
    return {name.lower(): value for name, value in ATTRIBUTE.findall(text)}


def wrong_forms(page, path):
    """Return what is wrong with the forms of a page (its HTML), each as a sentence; ``path`` is its address."""
    outside = [_attributes(one) for one in OUTSIDE.findall(page)]
    wrong = []
    for head, body in FORM.findall(page):
        form = _attributes(head)
        controls = [_attributes(one) for one in CONTROL.findall(body)]
        controls += [one for one in outside if form.get("id") and one.get("form") == form["id"]]
        names, files = {c.get("name") for c in controls}, any(c.get("type") == "file" for c in controls)
        post = form.get("method", "").lower() == "post" or "hx-post" in form
        target = urljoin(path, form.get("hx-post") or form.get("action") or path)
        told = f"{path}: the form to {target}"
        if files and not (post and "multipart/form-data" in (form.get("enctype"), form.get("hx-encoding"))):
            wrong.append(f"{told} has a file field and sends no file")
        if post and not urlsplit(target).netloc and "csrfmiddlewaretoken" not in names:
            wrong.append(f"{told} has no token")
        if (
            post and _reads_key(target) and not {NAMA, "versi"} & names
        ):  # a change carries the version that it was made on
            wrong.append(f"{told} has no key: a second click stores it twice")
    return wrong


def _reads_key(target):
    try:
        return inspect.unwrap(resolve(urlsplit(target).path).func) in keyed_views()
    except Resolver404:
        return False


@pytest.fixture(scope="session", autouse=True)
def _forms_are_watched():
    """Hold every page that a test client gets to it."""
    plain = Client.request

    def request(self, **request):
        response = plain(self, **request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            wrong = wrong_forms(response.content.decode(), request["PATH_INFO"]) if b"<form" in response.content else []
            assert not wrong, wrong
        return response

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Client, "request", request)
        yield
