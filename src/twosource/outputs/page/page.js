"use strict";
// The page reads without this script. With it: from a claim to its place and back, two reports side by side, filters, keys, copying.
// Everything it needs stands in the markup: on a claim its actors (data-a) and kinds (data-k); on the words of a report the
// claims that rest on them (data-c); on a link where its place ends (data-e).

const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
const reader = byId("reader");
const panes = $(".panes");
const claims = $$(".claim");
claims.forEach((claim, i) => { claim.dataset.n = i + 1; });
const claimOf = (number) => claims[number - 1];
const tell = (where, words) => { const at = byId(where); if (at) at.textContent = words; };
const numbersOf = (piece) => piece?.dataset.c?.split(",") ?? [];
const letterOf = (place) => place.split(".")[0];

// --- the reader ---------------------------------------------------------------------------------------------------------------

/** The reports that a claim has lines of, by letter. */
function reportsOf(claim) {
  if (!claim.reports) claim.reports = new Set($$("p.e a", claim).map((a) => letterOf(a.hash.slice(1))));
  return claim.reports;
}

/** The pieces of the report `letter` that the claim `number` rests on. */
const restsOn = (number, letter) => $$("[data-c]", byId(letter)).filter((piece) => numbersOf(piece).includes(number));

let shown = [];       // the letters of the reports shown, the left one first
let current = null;   // the claim from which the reader was asked, to which Escape leads back
let left = null;      // what had the focus then

function show(letters) {
  for (const letter of shown) { byId(letter)?.classList.remove("on"); byId(letter)?.style.removeProperty("order"); }
  shown = letters.filter((letter, i) => byId(letter) && letters.indexOf(letter) === i);
  shown.forEach(margin);
  shown.forEach((letter, i) => { byId(letter).classList.add("on"); byId(letter).style.order = i; });
  const two = shown.length > 1;
  panes.classList.toggle("two", two);
  reader.classList.toggle("two", two);
  byId("beside")?.setAttribute("aria-pressed", String(two));
  if (byId("left")) byId("left").value = shown[0];
  if (two) byId("right").value = shown[1];
  matched = null;
}

/** Write the claims into the margin of a report, where the markup leaves that to us. */
function margin(letter) {
  const report = byId(letter);
  if ($(".marks", report)) return;
  const before = new Set();
  for (const para of $$(".para", report)) {
    for (const piece of $$("[data-c]", para)) piece.className ||= verdictOf(claimOf(numbersOf(piece)[0]));
    const numbers = [...new Set($$("[data-c]", para).flatMap(numbersOf))].filter((n) => !before.has(n)).sort((a, b) => a - b);
    if (!numbers.length) continue;
    const marks = document.createElement("span");
    marks.className = "marks";
    for (const n of numbers) {
      const claim = claimOf(n);
      const link = Object.assign(document.createElement("a"), { href: `#${claim.id}`, className: verdictOf(claim), textContent: shapeOf(claim) + n });
      marks.append(link);
      before.add(n);
    }
    para.prepend(marks);
  }
}

const shapeOf = (claim) => (claim.matches(".one") ? "○" : $(".no", claim).textContent[0]);
const verdictOf = (claim) => [...claim.classList].find((x) => /^v\d$/.test(x)) ?? "";

function clear() { for (const at of $$(".place", panes)) at.classList.remove("place"); }

/** The pieces of text from the place `start` to the offset `end`; `end` 0 means that piece alone. */
function pieces(start, end) {
  const found = [];
  for (let at = start; at; at = next(at)) {
    if (found.length && Number(at.id.split(".")[1]) >= end) break;
    found.push(at);
    if (!end) break;
  }
  return found;
}

function next(piece) {
  let at = piece.nextElementSibling;
  for (let para = piece.closest(".para"); !at && para; ) {
    para = para.nextElementSibling;
    at = para && $("p > a[id]", para);
  }
  return at;
}

/** Scroll `piece` to a third of the height of its report; the page around it stays where it is. */
function bring(piece, part = 1 / 3) {
  const report = piece.closest(".report");
  const para = piece.closest(".para");
  if (para) para.style.contentVisibility = "visible";
  const by = piece.getBoundingClientRect().top - report.getBoundingClientRect().top - report.clientHeight * part;
  report.scrollTop += by;
}

/** Scroll the report of `piece` until it stands at the height of `other`, as far as there is text to scroll. */
function align(other, piece) {
  piece.closest(".report").scrollTop += piece.getBoundingClientRect().top - other.getBoundingClientRect().top;
}

/** Show the place, marked, and move there. `claim` is who asks, whose other side is then shown beside it. */
function go(place, end, claim, focus = true) {
  const start = byId(place);
  if (!start) return;
  const letter = letterOf(place);
  if (claim) { current = claim; here(claim); }
  const two = shown.length > 1;
  const other = two ? (shown.find((x) => x !== letter && claim && reportsOf(claim).has(x)) ?? otherOf(claim, letter) ?? shown.find((x) => x !== letter)) : null;
  if (!shown.includes(letter) || (two && !shown.includes(other))) show(two ? [letter, other] : [letter]);
  reader.classList.add("open");
  clear();
  const marked = end || !claim ? pieces(start, end) : restsOn(claim.dataset.n, letter);
  for (const piece of marked) piece.classList.add("place");
  syncing = performance.now() + 300;
  bring(start);
  if (two && claim) {
    const across = restsOn(claim.dataset.n, shown.find((x) => x !== letter));
    for (const piece of across) piece.classList.add("place");
    if (across.length) { bring(across[0]); align(across[0], start); align(start, across[0]); }
  }
  if (focus) { start.tabIndex = -1; start.focus({ preventScroll: true }); }
  const numbers = numbersOf(start);
  tell("where", `Report ${letter}: ${marked.map((p) => p.textContent).join("")}. ${numbers.length ? `Claim ${numbers.join(", ")}. ` : ""}Escape leads back.`);
}

/** The report to show beside `letter`: one of another side, where the claim has sides, else another that carries it. */
function otherOf(claim, letter) {
  const sides = claim ? $$(".side", claim).map((side) => $$("p.e a", side).map((a) => letterOf(a.hash.slice(1)))) : [];
  const across = sides.filter((side) => !side.includes(letter)).flat();
  return across[0] ?? (claim && [...reportsOf(claim)].find((x) => x !== letter));
}

function here(claim) {
  for (const was of $$(".claim.here")) was.classList.remove("here");
  claim?.classList.add("here");
}

/** Back from the place to the claim, to the very line that led here where there is one. */
function back() {
  reader.classList.remove("open");
  const piece = document.activeElement?.closest?.("[data-c]");
  const target = current ?? (piece && claimOf(numbersOf(piece)[0]));
  if (left && document.contains(left) && left.closest(".claim") === target) { left.focus(); reveal(left); }
  else if (left && document.contains(left) && !target) { left.focus(); reveal(left); }
  else if (target) visit(target);
}

function reveal(at) {
  for (let d = at.closest("details"); d; d = d.parentElement.closest("details")) if (!d.contains(document.activeElement) || !d.open) d.open = true;
  at.scrollIntoView({ block: "nearest" });
}

/** Go to a claim of the list. */
function visit(claim) {
  if (claim.hidden || claim.closest("[hidden]")) { form.reset(); filter(); }
  for (let d = claim.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  here(claim);
  current = claim;
  fill(claim);
  claim.tabIndex = -1;
  claim.focus({ preventScroll: true });
  claim.scrollIntoView({ block: "center" });
}

/** The claim before or after the one in hand, in the report in hand. */
function step(by) {
  const report = document.activeElement?.closest?.(".report.on") ?? byId(shown[0]);
  const all = $$("[data-c]", report);
  const starts = all.filter((piece, i) => i === 0 || numbersOf(piece).some((n) => !numbersOf(all[i - 1]).includes(n)));
  if (!starts.length) return;
  const from = document.activeElement?.closest?.("[data-c]") ?? $(".place[data-c]", report);
  const top = report.getBoundingClientRect().top;
  const at = from && report.contains(from) ? starts.indexOf(from) + (starts.includes(from) ? by : by > 0 ? 1 : 0) : starts.findIndex((p) => p.getBoundingClientRect().top >= top);
  const to = starts[Math.min(Math.max(at, 0), starts.length - 1)];
  const number = numbersOf(to).at(-1);
  const same = pieces(to, 1 / 0).slice(0, 40);
  let end = 0;
  for (const piece of same) { if (!numbersOf(piece).includes(number)) break; end = Number(piece.id.split(".")[1]) + 1; }
  left = null;
  go(to.id, end, claimOf(number));
}

// Two reports side by side: the one that is scrolled leads, the other follows to the place of a claim that both hold.
let matched = null;
let syncing = 0;

function pairs() {
  if (matched) return matched;
  const [a, b] = shown;
  const firsts = new Map();
  for (const piece of $$("[data-c]", byId(b))) for (const n of numbersOf(piece)) if (!firsts.has(n)) firsts.set(n, piece);
  const seen = new Set();
  matched = [];
  for (const piece of $$("[data-c]", byId(a))) for (const n of numbersOf(piece)) {
    if (firsts.has(n) && !seen.has(n)) { seen.add(n); matched.push([piece, firsts.get(n)]); }
  }
  return matched;
}

function follow(event) {
  if (shown.length < 2 || performance.now() < syncing) return;
  const report = event.target;
  const i = shown.indexOf(report.id);
  if (i < 0) return;
  const middle = report.getBoundingClientRect().top + report.clientHeight / 3;
  let best = null;
  let least = Infinity;
  for (const pair of pairs()) {
    const far = Math.abs(pair[i].getBoundingClientRect().top - middle);
    if (far < least) { least = far; best = pair; }
  }
  if (!best || least > report.clientHeight / 2) return;
  syncing = performance.now() + 120;
  align(best[i], best[1 - i]);
}

function beside() {
  if (shown.length > 1) { show([shown[0]]); return; }
  const second = otherOf(current, shown[0]) ?? $$(".report").map((r) => r.id).find((x) => x !== shown[0]);
  if (!second) return;
  show([shown[0], second]);
  const spot = current && restsOn(current.dataset.n, shown[0])[0];
  if (spot) go(spot.id, 0, current, false);
}

/** Put the words into lines that only lead to them. They are taken from the report, where they stand. */
function fill(from) {
  for (const line of $$(".rest", from)) {
    const at = $("a", line);
    const words = pieces(byId(at.hash.slice(1)), Number(at.dataset.e)).map((p) => p.textContent).join("");
    const quote = at.cloneNode();
    quote.className = "q";
    const letter = document.createElement("b");
    letter.textContent = at.textContent;
    quote.append(letter, ` “${words}”`);
    line.classList.remove("rest");
    const also = $$("a", line).slice(1);
    at.replaceWith(quote);
    if (also.length) { const small = document.createElement("small"); small.append("also ", ...also); line.append(" ", small); }
  }
}

document.addEventListener("toggle", ({ target }) => { if (target.open && target.matches?.(".more, .alone")) fill(target); }, true);

// --- filters ------------------------------------------------------------------------------------------------------------------

const form = $(".filters");
const text = new WeakMap();
const wordsOf = (claim) => {
  if (!text.has(claim)) { fill(claim); text.set(claim, $$("p.e, h3 b, .why", claim).map((x) => x.textContent).join(" ").toLowerCase()); }
  return text.get(claim);
};
let opened = [];

function filter() {
  const ask = Object.fromEntries(new FormData(form));
  const words = ask.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const any = words.length || ask.verdict || ask.report || ask.actor || ask.kind;
  let found = 0;
  for (const claim of claims) {
    const fits = !any || ((!ask.verdict || claim.closest(".part").id === ask.verdict) && (!ask.report || reportsOf(claim).has(ask.report))
      && (!ask.actor || claim.dataset.a?.split(",").includes(ask.actor)) && claim.dataset.k.includes(ask.kind) && words.every((w) => wordsOf(claim).includes(w)));
    if (claim.hidden === fits) claim.hidden = !fits;
    found += fits;
  }
  for (const group of $$(".alone")) {
    group.hidden = !$(".claim:not([hidden])", group);
    if (any && !group.hidden && !group.open) { group.open = true; opened.push(group); }
  }
  if (!any) { for (const group of opened) group.open = false; opened = []; }
  for (const part of $$(".part")) if ($(".claim", part)) part.hidden = !$(".claim:not([hidden])", part);
  tell("said", any ? `${found.toLocaleString("en")} of ${claims.length.toLocaleString("en")} claims` : "");
}

byId("more")?.addEventListener("click", ({ target }) => target.setAttribute("aria-expanded", String(form.classList.toggle("open"))));
let soon = 0;
form?.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(filter, 90); });
form?.addEventListener("reset", () => setTimeout(filter));
form?.addEventListener("submit", (event) => { event.preventDefault(); const to = claims.find((c) => !c.hidden && !c.closest("[hidden]")); if (to) visit(to); });

// --- copying ------------------------------------------------------------------------------------------------------------------

const escaped = (words) => words.replace(/\s+/g, " ").trim().replace(/[\\`*_{}[\]<>()#+!|~^&$-]/g, (c) => (c === "<" || c === ">" || c === "&" ? `&#${c.charCodeAt(0)};` : `\\${c}`));
const outlet = (letter) => $("h3 bdi", byId(letter)).textContent;

/** The claim as Markdown: verdict and reasons, each quotation with its voice, a footnote that names report and characters. */
function markdown(claim) {
  fill(claim);
  const single = claim.classList.contains("one");
  const head = single ? "○ **single source**" : `${shapeOf(claim)} **${$("h3 b", claim).textContent}**`;
  const why = $(single ? ".because" : ".why summary", claim) ?? (single ? $("p.small", claim.closest(".alone")) : null);
  const notes = [];
  const out = [`- ${head}${why ? `: ${escaped(why.textContent)}` : ""}`];
  for (const line of $$("p.e", claim)) {
    const how = line.closest(".side")?.firstElementChild;
    if (how?.className === "how" && $("p.e", how.parentElement) === line) out.push(`    - *${how.textContent}*`);
    const marks = [$("a.q", line), ...$$("small a", line)].map((at) => {
      const [letter, start] = at.hash.slice(1).split(".");
      notes.push(`[^${claim.dataset.n}-${notes.length + 1}]: ${letter}, ${escaped(outlet(letter))}, characters ${start} to ${at.dataset.e}`);
      return [letter, `[^${claim.dataset.n}-${notes.length}]`];
    });
    const said = [...$("a.q", line).childNodes].filter((n) => n.nodeName !== "B").map((n) => (n.nodeName === "MARK" ? `**${escaped(n.textContent)}**` : spaced(n.textContent))).join("").trim();
    const voice = $("i", line);
    const sense = $("em", line);
    out.push(`    - ${marks.map((m) => m[0]).join(", ")}${voice ? ` · ${escaped(voice.textContent)}` : ""}${sense ? ` (${sense.textContent})` : ""}: ${said}${marks.map((m) => m[1]).join("")}`);
  }
  return `${out.join("\n")}\n\n${notes.join("\n")}\n`;
}

const spaced = (words) => { const [, a, , b] = /^(\s*)([^]*?)(\s*)$/.exec(words); return (a && " ") + escaped(words) + (b && words.trim() ? " " : ""); };

async function copy(words, what) {
  try { await navigator.clipboard.writeText(words); } catch {
    const field = Object.assign(document.createElement("textarea"), { value: words });
    document.body.append(field); field.select(); document.execCommand("copy"); field.remove();
  }
  tell("said", `${what} copied`);
}

// One pair of buttons for all claims: it stands in the claim in hand.
const copying = document.createElement("div");
copying.className = "copying";
for (const [words, does] of [["Copy", (c) => copy(markdown(c), `Claim ${c.dataset.n}`)], ["Link", (c) => copy(location.href.split("#")[0] + "#" + c.id, `Link to claim ${c.dataset.n}`)]]) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  button.setAttribute("aria-label", `${words === "Copy" ? "Copy the claim as Markdown" : "Copy a link to the claim"}`);
  button.addEventListener("click", () => does(button.closest(".claim")));
  copying.append(button);
}
for (const event of ["pointerover", "focusin"]) byId("claims").addEventListener(event, ({ target }) => {
  const claim = target.closest?.(".claim");
  if (claim && copying.parentElement !== claim && !(event === "pointerover" && copying.contains(document.activeElement))) claim.append(copying);
});

// --- clicks and keys ----------------------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[href^='#']");
  if (link) {
    const id = decodeURIComponent(link.hash.slice(1));
    const at = byId(id);
    if (!at) return;
    if (at.closest(".report")) {
      event.preventDefault();
      left = link;
      const claim = link.closest(".claim");
      current = claim;
      history.pushState(null, "", `#${id}`);
      if (at.classList.contains("report")) { show([id]); reader.classList.add("open"); at.focus(); at.scrollTop = 0; } else go(id, Number(link.dataset.e ?? 0), claim);
    } else if (at.classList.contains("claim")) {
      event.preventDefault();
      history.pushState(null, "", `#${id}`);
      reader.classList.remove("open");
      visit(at);
    } else if (id === "reader") { event.preventDefault(); left = link; current = null; reader.classList.add("open"); byId(shown[0])?.focus(); }
    return;
  }
  const piece = event.target.closest("[data-c]");
  if (piece && !String(getSelection())) {
    const number = numbersOf(piece)[0];
    left = null;
    if (matchMedia("(min-width: 64rem)").matches) visit(claimOf(number));
    go(piece.id, 0, claimOf(number));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  const at = document.activeElement;
  const typing = at?.matches("input, textarea, select");
  if (event.key === "Escape") {
    if (at?.matches("input[type=search]") && at.value === "") at.blur();
    else if (reader.classList.contains("open") || at?.closest("#reader")) { event.preventDefault(); back(); }
    return;
  }
  if (typing) return;
  if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && at?.closest("#reader .panes")) { event.preventDefault(); step(event.key === "ArrowRight" ? 1 : -1); return; }
  if (event.key === "Enter" && at?.matches(".claim")) { event.preventDefault(); $("a.q", at)?.click(); return; }
  if (!byId("single").checked) return;
  if (event.key === "/" && form) { event.preventDefault(); form.elements.words.focus(); }
  else if (event.key === "?") { event.preventDefault(); byId("help").showModal(); }
  else if (event.key === "j" || event.key === "k") { event.preventDefault(); walk(event.key === "j" ? 1 : -1); }
  else if (event.key === "s") beside();
  else if (event.key === "c") { const claim = at?.closest(".claim") ?? current; if (claim) copy(markdown(claim), `Claim ${claim.dataset.n}`); }
});

/** To the next claim that the filters leave, or the one before. */
function walk(by) {
  const seen = claims.filter((c) => !c.hidden && !c.closest("[hidden]"));
  const at = seen.indexOf(document.activeElement?.closest(".claim") ?? current);
  const to = seen[at < 0 ? 0 : Math.min(Math.max(at + by, 0), seen.length - 1)];
  if (to) visit(to);
}

byId("keys")?.addEventListener("click", () => byId("help").showModal());
byId("back")?.addEventListener("click", back);
byId("beside")?.addEventListener("click", beside);
byId("before")?.addEventListener("click", () => step(-1));
byId("after")?.addEventListener("click", () => step(1));
byId("left")?.addEventListener("change", ({ target }) => show(shown.length > 1 ? [target.value, shown[1]] : [target.value]));
byId("right")?.addEventListener("change", ({ target }) => show([shown[0], target.value]));
panes?.addEventListener("scroll", follow, { capture: true, passive: true });
addEventListener("beforeprint", () => {
  fill(document);
  for (const report of $$(".report")) margin(report.id);
  for (const d of $$("details:not([open])")) { d.open = true; d.dataset.closed = ""; } });
addEventListener("afterprint", () => { for (const d of $$("details[data-closed]")) { d.open = false; delete d.dataset.closed; } });

// --- at the start: the first report, or where the address leads ---------------------------------------------------------------

function arrive() {
  const at = byId(decodeURIComponent(location.hash.slice(1)));
  if (at?.classList.contains("claim")) visit(at);
  else if (at?.classList.contains("report")) { show([at.id]); reader.classList.add("open"); }
  else if (at?.closest(".report")) go(at.id, 0, at.dataset.c ? claimOf(numbersOf(at)[0]) : null);
}

const bar = $("nav.parts");
const measure = () => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
new ResizeObserver(measure).observe(bar);
const first = $(".report");
if (first) show([first.id]);
addEventListener("hashchange", arrive);
addEventListener("popstate", arrive);
if (location.hash) arrive();
document.documentElement.dataset.ready = "";
