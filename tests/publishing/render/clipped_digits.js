// The texts with a digit of which a part is cut off: by the window, or by something around them that hides what is over
// its edge. What nobody is meant to see (clip-path: inset(50%)) is left out.
() => {
  const found = [];
  const boxes = (node) => {
    const around = [[0, document.documentElement.clientWidth]];
    for (let at = node.parentElement; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clipPath !== "none" || style.display === "none") return null;
      if (style.overflowX !== "visible" && at !== document.documentElement && at !== document.body && !(at instanceof SVGElement)) {
        const box = at.getBoundingClientRect();
        around.push([box.left + at.clientLeft, box.left + at.clientLeft + at.clientWidth]);
      }
    }
    return around;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!/\p{Nd}/u.test(node.data)) continue;
    const around = boxes(node);
    if (around === null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const one of range.getClientRects()) {
      if (around.some(([left, right]) => one.width && (one.left < left - 0.75 || one.right > right + 0.75))) {
        found.push(node.data.trim());
        break;
      }
    }
  }
  return found;
}
