// The search of the documentation, over the index and with the stemmer that Sphinx wrote. A page need not have every word
// of a question: the more of them it has, the rarer they are, and the nearer to its title they stand, the higher it comes.
// Words that reach nobody else: nothing is sent, and nothing is kept.
"use strict";

const SHOWN = 20;
const TITLE = 3, SUMMARY = 2.5, HEADING = 1.5, TEXT = 1, BEGINNING = 0.4;

// Why something is as it is comes after how it is done
const LESS = { "decisions/": 0.6, "reference/problems/": 0.7, "bench/": 0.6, "studies/": 0.6, "changelog": 0.4, "kuule": 0.7, "all-pages": 0.3, "readers/": 0.6 };

const wordsOf = (text) => text.toLowerCase().split(/[^\p{Letter}\p{Number}_]+/u).filter((word) => word && !stopwords.has(word));

const Search = {
  setIndex(index) {
    const stemmer = new Stemmer();
    const stems = (text) => new Set(wordsOf(text).map((word) => stemmer.stemWord(word)));
    const asked = new URLSearchParams(window.location.search).get("q") || "";
    document.getElementById("look-for").value = asked;
    if (asked.trim()) show(ranked(index, [...stems(asked)], stems), index, asked);
  },
};

function ranked(index, asked, stems) {
  const pages = index.docnames.length;
  const lengths = new Array(pages).fill(0);
  const list = (found) => (found === undefined ? [] : Array.isArray(found) ? found : [found]);
  const own = (table, word) => (Object.hasOwn(table, word) ? list(table[word]) : []);
  for (const word of Object.keys(index.terms)) for (const page of own(index.terms, word)) lengths[page] += 1;
  const usual = lengths.reduce((sum, length) => sum + length, 0) / pages;
  const titles = index.titles.map(stems);
  const summaries = index.docnames.map((name) => stems((SUMMARIES[name] || []).join(" ")));
  const headings = headingsOf(index, stems);
  const scores = new Array(pages).fill(0), met = new Array(pages).fill(0);
  for (const word of asked) {
    const weights = new Map();
    const raise = (page, weight) => weights.set(page, Math.max(weights.get(page) || 0, weight));
    const length = (page) => 1 / (0.5 + 0.5 * Math.sqrt(lengths[page] / usual));
    for (const page of own(index.terms, word)) raise(page, TEXT * length(page));
    if (word.length > 3 && weights.size === 0)
      for (const longer of Object.keys(index.terms))
        if (longer.startsWith(word)) for (const page of own(index.terms, longer)) raise(page, BEGINNING * length(page));
    const rarity = Math.log(1 + pages / (1 + weights.size));
    titles.forEach((title, page) => title.has(word) && raise(page, TITLE));
    summaries.forEach((summary, page) => summary.has(word) && raise(page, SUMMARY));
    headings.forEach(({ page, words }) => words.has(word) && raise(page, HEADING));
    for (const [page, weight] of weights) {
      scores[page] += rarity * weight;
      met[page] += 1;
    }
  }
  const found = scores
    .map((score, page) => ({ page, score: score * (met[page] / asked.length) * kind(index.docnames[page]), heading: nearest(headings, page, asked, titles[page]) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.page - other.page);
  return found.filter(({ score }) => score > found[0].score / 5).slice(0, SHOWN);
}

function kind(name) {
  const [, weight] = Object.entries(LESS).find(([beginning]) => name.startsWith(beginning)) || ["", 1];
  return weight;
}

function headingsOf(index, stems) {
  const found = [];
  for (const [title, places] of Object.entries(index.alltitles))
    for (const [page, id] of places) if (id) found.push({ page, id, title, words: stems(title) });
  return found;
}

// The heading to begin at: one that has more of the words than the page's title
function nearest(headings, page, asked, title) {
  const count = (words) => asked.filter((word) => words.has(word)).length;
  let best = null, most = count(title);
  for (const heading of headings)
    if (heading.page === page && count(heading.words) > most) {
      best = heading;
      most = count(heading.words);
    }
  return best;
}

function show(results, index, asked) {
  const status = document.getElementById("status");
  const quoted = `“${asked.trim()}”`;
  if (results.length === 0) status.textContent = `Nothing here has the words of ${quoted}. Try other ones.`;
  else status.textContent = results.length === 1 ? `One page has words of ${quoted}.` : `The ${results.length} nearest pages for ${quoted}:`;
  const list = document.getElementById("results");
  for (const { page, heading } of results) {
    const item = list.appendChild(document.createElement("li"));
    const link = item.appendChild(document.createElement("a"));
    const name = index.docnames[page];
    link.href = `${name}.html${heading ? `#${heading.id}` : ""}`;
    link.textContent = index.titles[page] + (heading ? `: ${heading.title}` : "");
    const [summary] = SUMMARIES[name] || [];
    if (summary) item.appendChild(document.createElement("p")).textContent = sentence(summary);
  }
}

function sentence(summary) {
  const words = summary.replace(/^[^:]*: (?=\S)/, "");
  return words.charAt(0).toUpperCase() + words.slice(1) + (/[.?]$/.test(words) ? "" : ".");
}
