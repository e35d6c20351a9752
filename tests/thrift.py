"""What no test asks for is not paid for: the sweeps of the garbage collector, and copies of every small template's context."""

import gc

import pytest
from django.template import RequestContext
from django.test import client

# Django's default looks through everything alive after 700 new objects; a request makes many thousands.
NEW_OBJECTS = 50_000


def pytest_collection_finish():
    """What is imported by now stays; a tenth of the processor went into looking through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _one_context_for_each_response():
    """``response.context`` is that of the page. Django copies one more for each template within it, of every field."""
    store = client.store_rendered_templates

    def first_only(store_in, signal, sender, template, context, **kwargs):
        # Rows that are kept may be rendered before their page, without the request: the page is what has it first.
        is_page = isinstance(context, RequestContext) and not store_in.get("page")
        if is_page or "templates" not in store_in:
            store_in["page"] = is_page
            store(store_in, signal, sender, template, context, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", first_only)
        yield
