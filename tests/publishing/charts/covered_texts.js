() => {
  const found = [];
  for (const svg of document.querySelectorAll("svg")) {
    const width = svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll("text")].map((node) => [node.textContent, node.getBBox()]);
    texts.forEach(([text, box], number) => {
      if (box.x < -4 || box.x + box.width > width + 4) found.push(`cut: ${text} ${Math.round(box.x)} ${Math.round(box.x + box.width - width)}`);
      // Boxes of two lines below each other meet; letters are well inside them.
      for (const [other, its] of texts.slice(number + 1)) {
        const across = Math.min(box.x + box.width, its.x + its.width) - Math.max(box.x, its.x);
        const down = Math.min(box.y + box.height, its.y + its.height) - Math.max(box.y, its.y);
        if (across > 1 && down > 0.5 * Math.min(box.height, its.height)) found.push(`covered: ${text} | ${other}`);
      }
    });
  }
  return found;
}
