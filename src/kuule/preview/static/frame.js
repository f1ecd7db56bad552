// Sees that the study was read or checked again, renews what is around the pages, and shows the page that changed. The
// pages themselves have no script: a page of a visit is asked for again by its own form, with all that was typed in it.
"use strict";

const renewed = ["map", "problems", "state", "unreadable"];
const frames = () => [...document.querySelectorAll("iframe")];
const seen = () => `${document.body.dataset.number}.${document.body.dataset.checked}`;

async function renew(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!found.querySelector("iframe") || !frames().length) {
    location.replace(address);
    return false;
  }
  for (const id of renewed) {
    const [old, now] = [document.getElementById(id), found.getElementById(id)];
    if (!old || !now || old.innerHTML === now.innerHTML) continue;
    const place = old.scrollTop;
    const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    old.innerHTML = now.innerHTML;
    old.scrollTop = place;
    if (focused) [...old.querySelectorAll("a")].find((one) => one.getAttribute("href") === focused)?.focus();
  }
  document.body.dataset.number = found.body.dataset.number;
  document.body.dataset.checked = found.body.dataset.checked;
  return true;
}

// A frame whose page is on its way has no page to look at: what happens meanwhile waits for it, but not for ever.
const LONGEST = 10000;
const underWay = new WeakMap();

function follow(frame) {
  underWay.set(frame, new Promise((done) => {
    frame.addEventListener("load", done, { once: true });
    setTimeout(done, LONGEST);
  }));
}

async function arrived(frame) {
  const { readyState, URL: address } = frame.contentDocument ?? {};
  if (!underWay.has(frame) && (readyState !== "complete" || address === "about:blank")) follow(frame);
  await underWay.get(frame);
  underWay.delete(frame);
}

function pageOf(frame) {
  const name = frame.contentDocument?.querySelector("input[type=hidden][name=page]")?.value ?? "";
  return name.slice(name.indexOf(".") + 1).replace(/\[[0-9]+\]/g, "");
}

function showAgain(frame) {
  const place = frame.contentWindow.scrollY;
  follow(frame);
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place), { once: true });
  const inside = frame.contentDocument;
  const form = inside?.querySelector("form[method=post]");
  if (form && pageOf(frame).startsWith("/")) {
    const stay = inside.createElement("input");
    [stay.type, stay.name, stay.value] = ["hidden", "go", "stay"];
    form.append(stay);
    form.submit();
  } else {
    frame.contentWindow.location.replace(frame.contentWindow.location.href);
  }
}

async function told(event) {
  const { pages, remarked, changed } = JSON.parse(event.data);
  await Promise.all(frames().map(arrived));
  const shown = frames().map(pageOf);
  const language = document.querySelector(".frames")?.dataset.language ?? "";
  const go = changed && pages.length && !pages.some((page) => shown.includes(page));
  const target = new URL(location.href);
  if (go) target.searchParams.set("page", pages[0]);
  if (language) target.searchParams.set("language", language);
  if (!(await renew(target))) return;
  if (go) {
    history.replaceState(null, "", target);
    const hidden = document.querySelector("header input[name=page]");
    if (hidden) hidden.value = pages[0];
    const address = pages[0] === "welcome" ? `/${language}` : `/preview/page/${language}?${new URLSearchParams({ key: pages[0] })}`;
    for (const frame of frames()) {
      follow(frame);
      frame.contentWindow.location.replace(address);
    }
  } else {
    const touched = (frame) => (changed && !pages.length) || [...pages, ...remarked].includes(pageOf(frame) || "welcome");
    frames().filter(touched).forEach(showAgain);
  }
}

const source = new EventSource(`/preview/changes?seen=${seen()}`);
let before = Promise.resolve();
source.addEventListener("message", (event) => {
  before = before.then(() => told(event)).catch(() => {});
});
document.querySelector("header select")?.addEventListener("change", (event) => event.target.form.submit());
