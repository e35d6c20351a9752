// What stands on a page, as kinds: two elements are of one kind when every rule of axe-core must say the same of both.
// Python keeps the kinds that axe-core has passed in this run; it is asked about the others only (`pageLook`).
() => {
  const hashes = new Map();
  const hash = text => {
    if (!hashes.has(text)) hashes.set(text, counted(text));
    return hashes.get(text);
  };
  const counted = text => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 2654435761); b = Math.imul(b ^ c, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return 4294967296 * (1048575 & b) + (a >>> 0);
  };
  const says = text => text && text.trim() ? 1 : 0;
  const named = id => { const e = document.getElementById(id); return e ? `${e.tagName}${says(e.textContent)}` : 'nothing'; };
  const words = text => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

  // What rules read of an attribute: its value, whether what it points to is there, or whether it says anything.
  const LITERAL = /^(role|type|scope|lang|tabindex|autocomplete|colspan|rowspan|aria-(?!label|description|value|placeholder|roledescription).*)$/;
  const POINTS = /^aria-(labelledby|describedby|controls|owns|details|errormessage|flowto|activedescendant)$/;
  const attribute = a => {
    if (/^(data-|hx-|class$|id$|name$|value$)/.test(a.name)) return '';
    if (POINTS.test(a.name)) return `${a.name}>${a.value.split(/\s+/).map(named)}`;
    if (LITERAL.test(a.name)) return `${a.name}=${a.value}`;
    if (a.name === 'href' && a.value.startsWith('#')) return `href#${named(decodeURIComponent(a.value.slice(1)))}`;
    if (a.name === 'style') return `style${/spacing|line-height/.test(a.value)}`;
    return a.name + (says(a.value) ? '' : a.value ? ' ' : '0');
  };
  // What only the values of this one element can tell: it is passed over only where the very same was seen.
  const ODD = 'table:has([headers]), table[summary], img, svg[role], area, object, iframe, audio, video, input[aria-checked]';
  const odd = e => e.matches(ODD)
    || (e.hasAttribute('aria-label') && !words(e.getAttribute('aria-label')).includes(words(e.innerText || '')));
  // Where rules ask what is inside, the kind says it: the names of controls and headings, the cells of tables, the items of lists.
  const INSIDE = 'a, button, label, summary, th, h1, h2, h3, h4, h5, h6, [role], [tabindex], [aria-hidden=true]';
  const inside = (e, node) => {
    if (e.matches('table')) return [...new Set([...e.querySelectorAll('tr')].map(row => known.get(row)?.items))].sort();
    if (e.matches('ul, ol, dl, tr')) return node.items;
    return e.matches(INSIDE) ? node.tree : '';
  };
  // The parts and headings of a page, in their order: what the rules about the whole page compare.
  const WHOLE = 'h1, h2, h3, h4, h5, h6, [role], [accesskey], header, nav, main, aside, footer, form, section, iframe';

  const known = new Map(), all = [...document.documentElement.querySelectorAll('body, body *')];
  for (const e of all) {
    const above = known.get(e.parentElement), off = e.matches(':disabled, [aria-disabled=true]');
    const shown = e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
    const text = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    const build = [e.tagName, ...[...e.attributes].map(attribute).sort(), says(e.textContent), text, off,
      e.labels ? [...e.labels].map(l => `${says(l.textContent)}${l.checkVisibility()}`) : ''].join();
    known.set(e, {
      shown, text, off, build,
      chain: hash(`${above?.chain} ${build}`),
      item: e.tagName + ['role', 'scope', 'colspan', 'rowspan'].map(name => e.getAttribute(name)),
    });
  }
  // What contrast follows from, and the look of links within text: of an element and of what it stands in.
  const paint = e => {
    const node = known.get(e);
    if (!node) return '';
    if (node.paint === undefined) {
      const c = getComputedStyle(e);
      node.paint = hash(['paint', paint(e.parentElement), e.tagName, node.off, c.color, c.backgroundColor, c.backgroundImage, c.fontSize,
        c.fontWeight, c.opacity, c.position, c.zIndex, c.textShadow, c.filter, c.mixBlendMode].join());
    }
    return node.paint;
  };
  const flow = e => {
    const node = known.get(e);
    if (!node) return '';
    if (node.flow === undefined) {
      const c = getComputedStyle(e);
      node.flow = hash(['flow', flow(e.parentElement), paint(e), c.display, c.textDecorationLine, c.textDecorationStyle, c.borderBottomWidth,
        c.borderBottomStyle, c.borderBottomColor, c.fontStyle, c.fontFamily].join());
    }
    return node.flow;
  };
  for (const e of all.toReversed()) {
    const node = known.get(e), below = [...e.children].map(child => known.get(child));
    node.tree = hash(`${node.build} ${node.shown} ${[...new Set(below.map(b => b.tree))].sort()}`);
    node.items = (e.matches('tr, dl') ? below.map(b => b.item) : [...new Set(below.map(b => b.item))].sort()).join(' ');
  }

  const looks = [], keys = new Set();
  const note = (e, mark, ...kind) => { const key = hash([mark, ...kind].join()); looks.push([e, mark, key]); keys.add(key); };
  const TARGET = 'a[href], button, input, select, textarea, summary, area[href], [contenteditable], [role]';
  const NO_TARGET = /^(grid|table|row|rowgroup|group|list|listitem|region|search|status|alert|img|note|form|dialog|log|toolbar|tablist|tabpanel)$/;
  const BLOCK = 'p, li, td, th, dd, dt, div, main, section, label, h1, h2, h3, h4, h5, h6, body';
  const amidst = e => says(e.parentElement.closest(BLOCK).textContent.replace(e.textContent, ''));
  const targets = [];
  for (const [e, node] of known) {
    if (!node.shown) continue;
    note(e, 'look', node.chain, inside(e, node), odd(e) ? e.outerHTML + e.innerText + e.checked : '');
    if (node.text || e.matches('select') || (e.matches('input, textarea') && says(e.value))) note(e, 'text', paint(e));
    if (e.matches('a[href], [role=link]')) note(e, 'link', flow(e), amidst(e));
    if (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight) {
      const {overflow} = getComputedStyle(e);
      if (/auto|scroll|hidden/.test(overflow)) note(e, 'scroll', node.chain, node.tree, overflow);
    }
    if (e.matches(TARGET) && !NO_TARGET.test(e.role)) targets.push([e, node, [...e.getClientRects()]]);
  }
  // A target of 24 pixels that no other one overlaps is large enough; of the others it matters what stands how near.
  const rects = targets.flatMap(([e, , own]) => own.map(r => [e, r])).sort(([, a], [, b]) => a.top - b.top);
  const near = new Map(targets.map(([e]) => [e, []])), lies = (a, b) => [b.left - a.left, b.top - a.top, b.width, b.height].map(x => Math.round(x * 4));
  const within = (a, b, far) => a.left < b.right + far && b.left < a.right + far && a.top < b.bottom + far && b.top < a.bottom + far;
  const overlapped = new Set();
  rects.forEach(([e, r], i) => {
    for (let j = i + 1; j < rects.length && rects[j][1].top < r.bottom + 24; j++) {
      const [other, q] = rects[j];
      if (other === e || !within(r, q, 24)) continue;
      near.get(e).push(lies(r, q));
      near.get(other).push(lies(q, r));
      if (within(r, q, 0)) overlapped.add(e).add(other);
    }
  });
  for (const [e, node, own] of targets) {
    if (e.tabIndex < 0 || own.length === 1 && own[0].width >= 24 && own[0].height >= 24 && !overlapped.has(e)) continue;
    note(e, 'target', node.chain, flow(e), amidst(e), own.map(r => lies(own[0], r)), near.get(e));
  }

  const parts = [...document.querySelectorAll(WHOLE)].map(e => [known.get(e)?.shown, known.get(e)?.chain, e.accessKey, e.getAttribute('aria-label'),
    (e.getAttribute('aria-labelledby') || '').split(/\s+/).map(id => document.getElementById(id)?.textContent.trim())]);
  const head = [...document.querySelectorAll('meta[name=viewport], meta[http-equiv]')].map(e => e.outerHTML);
  const html = [...document.documentElement.attributes].map(a => a.name + a.value);
  const whole = hash(JSON.stringify(['whole', parts, head, html, says(document.title)]));
  keys.add(whole);

  const MARK = {'color-contrast': 'text', 'target-size': 'target', 'scrollable-region-focusable': 'scroll', 'link-in-text-block': 'link'};
  // Rules about the page as a whole, and those that compare elements with each other, see all of theirs.
  const ALL = /^(html|body$|meta|frame|h1|header|footer|main|\[accesskey\]|\[role=banner\])/;
  const alternatives = selector => {
    let depth = 0;
    return [...selector].map(c => { depth += (c === '(') - (c === ')'); return c === ',' && !depth ? '\n' : c; }).join('').split('\n');
  };
  window.pageLook = async (fresh, tags) => {
    const left = new Set(fresh), marked = looks.filter(([, , key]) => left.delete(key));
    for (const rule of axe.narrowed ? [] : axe._audit.rules) {
      const mark = `[data-axe-${MARK[rule.id] || 'look'}]`;
      if (!ALL.test(rule.selector)) rule.selector = alternatives(rule.selector).map(s => s.trim() + mark).join(', ');
    }
    axe.narrowed = true;
    for (const [e, mark] of marked) e.setAttribute(`data-axe-${mark}`, '');
    const places = Object.keys(MARK).filter(id => marked.some(([, mark]) => mark === MARK[id]));
    const every = left.has(whole) || marked.some(([, mark]) => mark === 'look');
    const which = every ? {type: 'tag', values: tags} : {type: 'rule', values: places};
    const found = await axe.run(document, {runOnly: which, resultTypes: ['violations'], preload: false});
    for (const [e, mark] of marked) e.removeAttribute(`data-axe-${mark}`);
    return found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]);
  };
  window.pageLook.keys = [...keys];
  return window.pageLook.keys;
}
