// What is measured on a page, from a world beside it. Each function returns lines of text: what is not as it should be.
globalThis.measures = (() => {
  const LEAST = 44, HAIR = 1.5;
  const INTERACTIVE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls]';

  const style = element => getComputedStyle(element);
  const clipped = element => !!element.closest('.unseen, .first') || style(element).clipPath !== 'none';
  // A choice that is unseen as long as nothing else is chosen, and names of columns that stand above them: clipped whole.
  const unseen = element => {
    for (let at = element; at && at.nodeType === 1; at = at.parentElement) if (clipped(at)) return true;
    return element.checkVisibility ? !element.checkVisibility({visibilityProperty: true}) : element.getClientRects().length === 0;
  };
  const name = element => {
    const words = (element.innerText || element.value || element.getAttribute('aria-label') || '').trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()} ${element.className || element.id || element.name || ''}> ${words}`;
  };
  const round = number => Math.round(number * 10) / 10;

  function* texts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement;
      if (!node.data.trim() || parent.closest('select, textarea, script, style') || unseen(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) yield {node, parent, box};
    }
  }

  // Nothing has to be moved sideways, and no text stands outside the window or outside what it is written on.
  function sideways() {
    const found = [], root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide, the window ${root.clientWidth}`);
    for (const {node, parent, box} of texts(document.body)) {
      if (box.left < -HAIR || box.right > root.clientWidth + HAIR) found.push(`outside the window: ${name(parent)}: ${node.data.trim().slice(0, 40)}`);
    }
    return found;
  }

  const drawn = one => {
    const painted = one.backgroundColor !== 'rgba(0, 0, 0, 0)' && one.backgroundColor !== 'transparent';
    return painted || ['Left', 'Right'].every(side => parseFloat(one[`border${side}Width`]) > 0 && one[`border${side}Style`] !== 'none');
  };

  // No text is cut: nothing hides what flows over, and text stays within the box that is drawn around it.
  function cut() {
    const found = [];
    for (const element of document.querySelectorAll('body *')) {
      if (unseen(element) || element.matches('textarea, input, select, audio')) continue;
      const {overflowX, overflowY} = style(element);
      const over = element.scrollWidth > element.clientWidth + HAIR || element.scrollHeight > element.clientHeight + HAIR;
      if ((overflowX !== 'visible' || overflowY !== 'visible') && over) found.push(`hides what flows over: ${name(element)}`);
      if (style(element).textOverflow === 'ellipsis') found.push(`shortened: ${name(element)}`);
    }
    for (const {node, parent, box} of texts(document.body)) {
      for (let at = parent; at && at !== document.body; at = at.parentElement) {
        const around = style(at);
        if (['inline', 'contents'].includes(around.display) || !drawn(around)) continue;
        const wall = at.getBoundingClientRect();
        if (box.left < wall.left - HAIR || box.right > wall.right + HAIR || box.top < wall.top - HAIR - 4 || box.bottom > wall.bottom + HAIR + 4) {
          found.push(`flows over its box: ${name(at)}: ${node.data.trim().slice(0, 40)}`);
          break;
        }
      }
    }
    return found;
  }

  // No word goes on in another line without a hyphen. What has digits, dots or @ within is a code or an address, and no word.
  // A range such as from Monday to Sunday may go on with its dash: no letter is then without what joins it.
  const HYPHENS = /[-\u00ad\u2010\u2011\u2012\u2013\u2014\/\u200b\u2060·]/;
  function broken() {
    const found = [], seen = new Set();
    for (const {node, parent} of texts(document.body)) {
      if (seen.has(node) || parent.closest('.rescued, .code, code')) continue;
      seen.add(node);
      for (const run of node.data.matchAll(/[^\s\u00a0\u202f]+/g)) {
        if (/\d|@|:\/\/|[^.]\.[^.]/.test(run[0])) continue;
        const range = document.createRange();
        range.setStart(node, run.index);
        range.setEnd(node, run.index + run[0].length);
        if (range.getClientRects().length < 2) continue;
        let before = null;
        for (let at = 0; at < run[0].length; at++) {
          range.setStart(node, run.index + at);
          range.setEnd(node, run.index + at + 1);
          const box = [...range.getClientRects()].at(-1);
          if (!box || !box.width) continue;
          if (before && box.top > before.top + before.height / 2 && !HYPHENS.test(run[0].slice(0, at).at(-1)) && run[0][at] !== '–') {
            found.push(`broken without a hyphen: ${name(parent).split('>')[0]}> ${run[0].slice(0, at)}|${run[0].slice(at)}`);
          }
          before = box;
        }
      }
    }
    return found;
  }

  // A field for so many digits shows them all, also where they are wide.
  function fields() {
    const found = [];
    for (const field of document.querySelectorAll('input[class*="of-"], input.twenty')) {
      const before = field.value, digits = /of-(\d+)/.exec(field.className);
      field.value = digits ? '8'.repeat(digits[1]) : '8888 8888 8888 8888 8888';
      if (field.scrollWidth > field.clientWidth + HAIR) found.push(`does not show ${field.value}: ${name(field)}`);
      field.value = before;
    }
    return found;
  }

  // No space between words is lost: a row of boxes (flex, grid) without a gap drops what stands at the edge of a text that is a box of its own.
  function swallowed() {
    const found = [];
    for (const element of document.querySelectorAll('body *')) {
      if (!/flex|grid/.test(style(element).display) || parseFloat(style(element).columnGap) > 0 || unseen(element)) continue;
      for (const node of element.childNodes) {
        if (node.nodeType !== 3 || !node.data.trim()) continue;
        const beside = [/^\s/.test(node.data) && node.previousElementSibling, /\s$/.test(node.data) && node.nextElementSibling];
        if (beside.some(one => one && !unseen(one))) found.push(`a space is lost: ${name(element)}: ${node.data.trim().slice(0, 40)}`);
      }
    }
    return found;
  }

  // No two texts stand over each other. What stays at the top or the foot of the window while the page moves is not measured against it.
  function overlapping() {
    const lines = [...texts(document.querySelector('body'))].filter(({parent}) => !parent.closest('.top, .opening .go'));
    const shrunk = lines.map(({node, parent, box}) => ({node, parent, left: box.left + 1, right: box.right - 1, top: box.top + box.height * .28, bottom: box.bottom - box.height * .28}));
    shrunk.sort((one, other) => one.top - other.top);
    const found = [];
    shrunk.forEach((one, at) => {
      for (let next = at + 1; next < shrunk.length && shrunk[next].top < one.bottom; next++) {
        const other = shrunk[next];
        if (other.node !== one.node && other.left < one.right && one.left < other.right) found.push(`over each other: ${one.node.data.trim().slice(0, 30)} | ${other.node.data.trim().slice(0, 30)}`);
      }
    });
    return found;
  }

  const inSentence = element => element.tagName === 'A' && style(element).display === 'inline' &&
    element.parentElement.innerText.trim().length > element.innerText.trim().length + 1;

  // What is pressed: the label around a box counts, as it is pressed as well. Links within a sentence are as high as it is.
  function targets() {
    const found = [];
    for (const element of document.querySelectorAll(INTERACTIVE)) {
      if (unseen(element) || inSentence(element)) continue;
      const box = (element.closest('label') || element).getBoundingClientRect();
      if (box.width < LEAST - .01 || box.height < LEAST - .01) found.push(`${round(box.width)} x ${round(box.height)}: ${name(element)}`);
    }
    return found;
  }

  // More room between letters, words and lines, as WCAG 1.4.12 has it; letters of twice the size, as 1.4.4.
  const SPACED = '*, *::before, *::after { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }';
  const TWICE = 'html { font-size: 237.5% !important }';
  const also = rule => {
    const sheet = [...document.styleSheets].find(one => one.href);
    const wrapped = `@media all { ${rule} }`;
    sheet.insertRule(wrapped, sheet.cssRules.length);
  };

  // Where the focus is, and how one sees it.
  function focus() {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const shown = [element, element.closest('label')].filter(Boolean).map(one => style(one)).find(one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0);
    const box = (element.closest('label') || element).getBoundingClientRect();
    const top = document.querySelector('.top'), bar = top ? top.getBoundingClientRect() : {bottom: 0};
    // Nothing covers it; what is higher than the window is in sight with one of its edges.
    const room = innerHeight - bar.bottom, held = element.closest('.top');
    const within = box.top >= bar.bottom - 1 && box.bottom <= innerHeight + 1;
    const edge = (box.top >= bar.bottom - 1 && box.top < innerHeight) || (box.bottom > bar.bottom && box.bottom <= innerHeight + 1);
    const seen = !!held || within || (box.height > room * .6 && edge);
    return {
      name: name(element), tag: element.tagName.toLowerCase(), value: (element.value || '').trim(), field: element.name || '', kind: element.type || '', href: element.getAttribute('href') || '', id: element.id,
      outline: shown ? parseFloat(shown.outlineWidth) : 0, colour: shown ? shown.outlineColor : '',
      seen,
      left: box.left, top: box.top + scrollY, bottom: box.bottom + scrollY, checked: !!element.checked,
    };
  }

  // What the Tab key is to reach, in the order of the page: of radio buttons with one name the one that is chosen, else the first.
  function stops() {
    const seen = new Set(), found = [];
    for (const element of document.querySelectorAll(INTERACTIVE)) {
      const hidden = element.matches('.follow, .plainly, [tabindex="-1"]') ? element.tabIndex < 0 || style(element).display === 'none' : false;
      if (hidden || !element.checkVisibility()) continue;
      if (element.type === 'radio') {
        if (seen.has(element.name)) continue;
        seen.add(element.name);
        const group = [...document.querySelectorAll('input[type=radio]')].filter(one => one.name === element.name);
        const wanted = group.find(one => one.checked) || element;
        found.push(name(wanted));
      } else found.push(name(element));
    }
    return found;
  }

  const moving = () => document.getAnimations().filter(one => one.playState === 'running' && style(one.effect.target).animationName !== 'none').length;
  // The button of the first page, where one would have to scroll to see it.
  function below() {
    return [...document.querySelectorAll(".opening .button")].filter(one => one.getBoundingClientRect().bottom > innerHeight).map(one => `${one.textContent.trim()} is below the window`);
  }

  return {sideways, below, cut, broken, swallowed, fields, overlapping, targets, focus, stops, moving, spaced: () => also(SPACED), twice: () => also(TWICE)};
})();
