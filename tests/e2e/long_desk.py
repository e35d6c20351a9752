"""A desk without a network for ten minutes: 200 invitees and a guest, each with a time of its own, nothing lost or slower."""

from datetime import timedelta

from musrenbang.sidang.models import Kehadiran, SesiSidang, Undangan
from tests.e2e.test_desk import desk, invited, waiting  # noqa: F401 -- fixtures

MANY, SECONDS = 200, 3
NOTE = """([codes, seconds]) => {
  const real = window.realNow || (window.realNow = Date.now.bind(Date)), box = document.getElementById('undangan');
  window.shift = window.shift || 0;
  Date.now = () => real() + window.shift;
  return codes.map(code => {
    window.shift += seconds * 1000;
    box.value = code;
    const start = performance.now();
    box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}));
    return [performance.now() - start, document.getElementById('jawab-meja').textContent];
  });
}"""
"""Each arrival three seconds after the one before, by the clock of the page; how long its answer took, and what it says."""


def test_ten_minutes_without_a_network_lose_nothing_and_slow_nothing_down(invited, desk, network):  # noqa: F811
    acara, people = invited
    SesiSidang.objects.filter(musrenbang=acara).update(dibuka_pada=None)
    base = {f.attname: getattr(people[0], f.attname) for f in Undangan._meta.concrete_fields if not f.primary_key}
    Undangan.objects.bulk_create(
        Undangan(**base | {"nama": f"Amaq Antre {i:03}", "kode": f"ANTR{i:03}"}) for i in range(MANY)
    )
    p = desk("1", "pemandu")
    network.cut(p)
    codes = [f"ANTR{i:03}" for i in range(MANY)]
    answers = p.page.evaluate(NOTE, [codes[: MANY // 2], SECONDS])
    p.page.fill("#id_nama", "Inaq Tanpa Undangan")
    p.page.select_option("#id_jenis_kelamin", "P")
    p.page.select_option("#id_unsur", index=1)
    p.page.fill("#id_lembaga", "Warga")
    p.page.get_by_role("button", name="Catat hadir").click()
    p.page.locator("#antrean", has_text="1 catatan tersimpan").wait_for()
    answers += p.page.evaluate(NOTE, [codes[MANY // 2 :], SECONDS])
    assert [words for _, words in answers if "hadir pukul" not in words] == []
    assert waiting(p) == MANY
    first, last = (sorted(t for t, _ in part)[10] for part in (answers[:20], answers[-20:]))
    print(f"answer among the first 20: {first:.1f} ms, among the last 20: {last:.1f} ms")  # noqa: T201
    assert last <= 3 * first + 10
    network.restore(p)
    p.page.wait_for_function("() => !Object.keys(localStorage).some(k => k.startsWith('musrenbang-datang:'))")
    p.page.wait_for_function("() => !localStorage.getItem('musrenbang-antrean')")
    came = list(Kehadiran.objects.exclude(undangan=None).order_by("undangan"))
    assert len(came) == MANY
    steps = {round((b.datang - a.datang).total_seconds()) for a, b in zip(came, came[1:], strict=False)}
    assert steps <= {SECONDS - 1, SECONDS, SECONDS + 1}, "each kept the time at which it was noted"
    guest = Kehadiran.objects.get(undangan=None)
    assert came[MANY // 2 - 1].datang - timedelta(seconds=30) < guest.datang < came[-1].datang - timedelta(minutes=4)
