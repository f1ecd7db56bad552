// What is counted on a page of a visit, from a world beside it (bench/phone.py).
const page = (() => {
  const seen = one => one.checkVisibility() && !one.closest('.unseen, .first') && getComputedStyle(one).clipPath === 'none';
  const box = one => one.getBoundingClientRect();
  const FIELDS = 'main :is(input:not([type=hidden]), select, textarea)';
  const fields = () => [...document.querySelectorAll(FIELDS)].filter(one => !one.closest('[hidden]') && one.checkVisibility());
  const answers = () => [...document.querySelectorAll(`${FIELDS}, main .pick`)].filter(one => one.checkVisibility());

  // Words that can be read, as far as the element `end` where one is given.
  const words = end => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let count = 0;
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement;
      if (end && !(node.compareDocumentPosition(end) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
      if (!parent.closest('select, textarea') && seen(parent)) count += node.data.split(/\s+/).filter(Boolean).length;
    }
    return count;
  };
  const bottom = selector => {
    const found = [...document.querySelectorAll(selector)].filter(seen);
    return found.length ? Math.round(box(found.at(-1)).bottom + scrollY) : 0;
  };
  // One entry for each question: its name, its kind, and what can be chosen.
  const asked = () => {
    const found = new Map();
    for (const one of fields()) {
      const kind = one.tagName === 'SELECT' ? 'select' : one.tagName === 'TEXTAREA' ? 'text' : one.type;
      const values = kind === 'select' ? [...one.options].map(option => option.value) : [one.value];
      if (!found.has(one.name)) found.set(one.name, {name: one.name, kind, values: []});
      found.get(one.name).values.push(...values.filter(value => value.trim()));
    }
    return [...found.values()];
  };
  const choices = () => [...document.querySelectorAll('main .choice:not(.none)')].filter(seen).map(one => Math.round(box(one).height));
  return {words: () => words(), before: () => words(answers()[0]), height: () => Math.round(box(document.body).height), bottom, asked, choices};
})();
