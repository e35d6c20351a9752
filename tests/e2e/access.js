// What axe-core does not measure, asked of the page that is open. Each function returns sentences; none means nothing found.
window.access = (function () {
  "use strict";
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getClientRects().length > 0;
  const say = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const text = (e) => e.textContent.replace(/\s+/g, " ").trim().toLowerCase();
  const name = (e) => (e.getAttribute("aria-label") || text(e)).toLowerCase();
  const luminance = (colour) => {
    const c = colour.match(/[\d.]+/g).slice(0, 3).map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
  };
  const contrast = (a, b) => { const [l, d] = [luminance(a), luminance(b)].sort((x, y) => y - x); return (l + 0.05) / (d + 0.05); };
  const solid = (colour) => !/^rgba\(.*, 0(\.\d+)?\)$|transparent/.test(colour);
  function ground(e) { // the colour behind an element
    for (let up = e.parentElement; up; up = up.parentElement) if (solid(getComputedStyle(up).backgroundColor)) return getComputedStyle(up).backgroundColor;
    return "rgb(255, 255, 255)";
  }
  const focusable = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((e) => !e.disabled && e.type !== "hidden" && e.tabIndex >= 0 && shown(e) && !e.closest("[inert]"));
  return {
    // 1.4.10, 1.4.4, 1.4.12: nothing of the page is wider than the window; tables scroll in a box of their own.
    wide: () => (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1
      ? ["wider than the window by " + (document.documentElement.scrollWidth - document.documentElement.clientWidth) + " px"] : []),
    // 1.4.12, 1.4.4: no words are cut off by their own box, unless dots say so (their page has the whole text).
    cut: () => [...document.querySelectorAll("main *, header *, footer *")].filter((e) => {
      const s = getComputedStyle(e);
      return shown(e) && e.childElementCount === 0 && text(e) && s.overflow === "hidden" && s.textOverflow !== "ellipsis" && s.webkitLineClamp === "none" && s.clipPath === "none"
        && !e.closest(".visually-hidden") && s.position !== "absolute" && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2);
    }).map((e) => "cut off: " + say(e)),
    // 2.4.7, 1.4.11, 2.4.11: each stop of Tab shows an outline of 3:1, and something of it can be seen.
    focus: () => focusable().flatMap((e) => {
      e.focus({ focusVisible: true });
      if (document.activeElement !== e) return [];
      const s = getComputedStyle(e), box = e.getBoundingClientRect(), wrong = [];
      if (s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2) wrong.push("no outline: " + say(e));
      else if (contrast(s.outlineColor, ground(e)) < 3) wrong.push("outline of " + contrast(s.outlineColor, ground(e)).toFixed(1) + ": " + say(e));
      const seen = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.15], [0.5, 0.85]].some(([x, y]) => {
        const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        return hit && (e.contains(hit) || hit.contains(e) || hit.closest("label"));
      });
      return seen ? wrong : [...wrong, "hidden while it has the focus: " + say(e)];
    }),
    // 1.4.11: the edge of a field stands out from what is around it.
    edges: () => [...document.querySelectorAll("input:not([type=hidden]):not([type=file]), select, textarea")].filter((e) => shown(e) && !e.disabled && !e.readOnly).flatMap((e) => {
      const s = getComputedStyle(e), c = contrast(s.borderBottomColor, ground(e));
      return c < 3 && contrast(s.backgroundColor, ground(e)) < 3 ? ["edge of " + c.toFixed(2) + ": " + say(e)] : [];
    }),
    // 2.4.4, 2.4.9: one name leads to one place.
    links: () => {
      const to = new Map();
      [...document.querySelectorAll("a[href]:not(svg a)")].filter(shown).forEach((a) => {
        const n = name(a), row = a.closest("tr, li, p, dd, section, .alert, article");
        const key = n + "|" + (row ? text(row).slice(0, 200) : "");
        to.set(key, (to.get(key) || new Set()).add(a.href.replace(/#.*/, "")));
      });
      return [...to].filter(([, hrefs]) => hrefs.size > 1).map(([key, hrefs]) => "one name, " + hrefs.size + " places: " + key.slice(0, 60));
    },
    // 2.5.3: what a control is called holds what stands on it.
    labels: () => [...document.querySelectorAll("a[aria-label]:not(svg a), button[aria-label]")].filter((e) => shown(e) && text(e).length > 1 && /[a-z]/.test(text(e)) && !name(e).includes(text(e))).map((e) => "called otherwise: " + say(e)),
    // 1.3.1, 2.4.6: one h1, no level skipped.
    headings: () => {
      const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((h) => Number(h.tagName[1]));
      return [...(levels.filter((l) => l === 1).length === 1 ? [] : ["not one h1"]), ...levels.flatMap((l, i) => (i && l > levels[i - 1] + 1 ? ["from h" + levels[i - 1] + " to h" + l] : []))];
    },
    // 3.2.2: no field sends its form when it is changed.
    sends: () => [...document.querySelectorAll("[data-kirim], [onchange]")].map((e) => "sends by itself: " + say(e)),
  };
})();
