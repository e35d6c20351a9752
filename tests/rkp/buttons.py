"""Pressing what a checklist offers: every "Lengkapi" is opened, and every button there that needs no typing is pressed."""

from html.parser import HTMLParser

from alur.queries.syarat import collect
from musrenbang.states import Tahap

TAHAP = (Tahap.SIAP, Tahap.KELOMPOK, Tahap.PLENO, Tahap.PRIORITAS)


class _HtmlForm(HTMLParser):
    """Collects the POST forms of a page: action, values as rendered, and whether something must be typed."""

    def __init__(self):
        super().__init__()
        self.semua, self.kini = [], None

    def handle_starttag(self, tag, attrs):
        content = dict(attrs)
        if tag == "form" and content.get("method") == "post":
            self.kini = {"action": content.get("action", ""), "nilai": {}, "ketik": False}
            self.semua.append(self.kini)
        elif self.kini and tag in ("input", "select", "textarea"):
            if content.get("type") != "hidden":
                self.kini["ketik"] = True
            elif content.get("name") and content["name"] != "csrfmiddlewaretoken":
                self.kini["nilai"][content["name"]] = content.get("value", "")
        elif self.kini and tag == "button" and content.get("name"):
            self.kini["nilai"].setdefault(content["name"], content.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.kini = None


def press_repairs(acara, client) -> list[str]:
    """Press them all and return the addresses that were pressed. Only forms of proposals and the plan count."""
    pressed = []
    kekurangan = [k for tahap in TAHAP for k in collect(acara, tahap)]
    for url in dict.fromkeys(k.url for k in kekurangan):
        response = client.get(url)
        assert response.status_code == 200, url
        halaman = _HtmlForm()
        halaman.feed(response.content.decode())
        for html_form in halaman.semua:
            own = html_form["action"].startswith((f"/m/{acara.slug}/rkp/", f"/m/{acara.slug}/usulan/"))
            if own and not html_form["ketik"] and "layar" not in html_form["action"]:
                response = client.post(html_form["action"], html_form["nilai"])
                assert response.status_code in (200, 302, 422), html_form["action"]
                pressed.append(html_form["action"])
    return pressed
