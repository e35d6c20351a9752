"""Pressing what a checklist offers: every "Bereskan" is opened, and every button there that needs no typing is pressed."""

from html.parser import HTMLParser

from alur.queries.syarat import collect
from musrenbang.states import Tahap

TAHAP = (Tahap.SIAP, Tahap.KELOMPOK, Tahap.PLENO, Tahap.PRIORITAS)


class _Formulir(HTMLParser):
    """Collects the POST forms of a page: action, values as rendered, and whether something must be typed."""

    def __init__(self):
        super().__init__()
        self.semua, self.kini = [], None

    def handle_starttag(self, tag, attrs):
        isi = dict(attrs)
        if tag == "form" and isi.get("method") == "post":
            self.kini = {"action": isi.get("action", ""), "nilai": {}, "ketik": False}
            self.semua.append(self.kini)
        elif self.kini and tag in ("input", "select", "textarea"):
            if isi.get("type") != "hidden":
                self.kini["ketik"] = True
            elif isi.get("name") and isi["name"] != "csrfmiddlewaretoken":
                self.kini["nilai"][isi["name"]] = isi.get("value", "")
        elif self.kini and tag == "button" and isi.get("name"):
            self.kini["nilai"].setdefault(isi["name"], isi.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.kini = None


def press_repairs(acara, client) -> list[str]:
    """Press them all and return the addresses that were pressed. Only forms of proposals and the plan count."""
    ditekan = []
    kekurangan = [k for tahap in TAHAP for k in collect(acara, tahap)]
    for url in dict.fromkeys(k.url for k in kekurangan):
        jawab = client.get(url)
        assert jawab.status_code == 200, url
        halaman = _Formulir()
        halaman.feed(jawab.content.decode())
        for formulir in halaman.semua:
            milik = formulir["action"].startswith((f"/m/{acara.slug}/rkp/", f"/m/{acara.slug}/usulan/"))
            if milik and not formulir["ketik"] and "layar" not in formulir["action"]:
                jawab = client.post(formulir["action"], formulir["nilai"])
                assert jawab.status_code in (200, 302, 422), formulir["action"]
                ditekan.append(formulir["action"])
    return ditekan
