// What a press and typing need to know of a page, in a world beside it: where to press so that nothing else is hit,
// and whether it arrived. An answer of null is for Playwright, which looks longer, waits, and says what is wrong.
var hands = (() => {
  const frame = () => new Promise(requestAnimationFrame);
  const last = (selector) => [...document.querySelectorAll(selector)].at(-1);
  const usable = (element) =>
    element.checkVisibility({visibilityProperty: true}) && !element.matches(":disabled, [aria-disabled='true']");
  const middle = (element) => {
    const box = [...element.getClientRects()].find((one) => one.width * one.height > 1);
    return box ? {x: box.x + box.width / 2, y: box.y + box.height / 2} : null;
  };
  const leads = (there, element) =>
    there !== null && (element.contains(there) || there.closest("label")?.control === element);
  const hit = (element, at) => leads(document.elementFromPoint(at.x, at.y), element);

  let arrived = true;

  return {
    async aim(selector) {
      const element = last(selector);
      if (!element || !usable(element)) return null;
      let before, at = middle(element);
      do {
        if (!at) return null;
        if (!hit(element, at)) element.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
        before = middle(element);
        await frame();
        at = middle(element);
      } while (before?.x !== at?.x || before?.y !== at?.y);
      if (!at || !hit(element, at)) return null;
      arrived = false;
      const come = (event) => { arrived = event.isTrusted && leads(event.target, element); };
      document.addEventListener("click", come, {capture: true, once: true});
      return at;
    },
    arrived: () => arrived,
    take(selector) {
      const field = last(selector);
      if (!field || !usable(field) || field.readOnly || !field.matches("textarea, input[type=text]")) return null;
      field.focus();
      field.select();
      return document.activeElement === field;
    },
    source: () => (document.doctype ? new XMLSerializer().serializeToString(document.doctype) : "")
      + document.documentElement.outerHTML,
  };
})();
