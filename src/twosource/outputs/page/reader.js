"use strict";
// The page reads without this script. With it: from a claim to its place and back, two reports side by side, filters, keys, copying.
// Everything it needs stands in the markup: on a claim its actors (data-a) and kinds (data-k); on the words of a report the
// claims that rest on them (data-c), where the lines of the claim do not tell; where the longest place that
// begins with them ends (data-e), where that is not with them; and on a link where its own place ends, where that is elsewhere.

const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
const reader = byId("reader");
const panes = $(".panes");
const claims = $$("[data-k]");
claims.forEach((claim, i) => { claim.dataset.n = i + 1; claim.classList.add("claim"); if (claim.localName === "li") claim.classList.add("one"); });
const claimOf = (number) => claims[number - 1];
const tell = (where, words) => { const at = byId(where); if (at) at.textContent = words; };
const numbersOf = (piece) => piece?.dataset?.c?.split(",") ?? [];
const letterOf = (place) => place.split(".")[0];

// --- the reader ---------------------------------------------------------------------------------------------------------------

const placeOf = (link) => link.getAttribute("href").slice(1);

/** Where the place of a link ends, in code points of its report. */
function endOf(link) {
  const first = byId(placeOf(link));
  return Number(link.dataset.e ?? first.dataset.e ?? Number(first.id.split(".")[1]) + [...first.textContent].length);
}

/** The links of a claim's lines, each to its place. */
const linksOf = (claim) => $$("p a[href*='.']", claim);

/** The reports that a claim has lines of, by letter. */
function reportsOf(claim) {
  if (!claim.reports) claim.reports = new Set(linksOf(claim).map((a) => letterOf(placeOf(a))));
  return claim.reports;
}

let leading = null;   // in a large page: the links that lead into each report, by its letter, as long as it has not been asked for

/** Write on the words of a report which claims rest on them, where the markup leaves that to us. */
function tellClaims(letter) {
  if (!reader.classList.contains("large")) return;
  if (!leading) {
    leading = new Map($$(".report").map((report) => [report.id, []]));
    for (const link of $$("[data-k] p a[href*='.']")) leading.get(letterOf(placeOf(link))).push([link.closest("[data-k]").dataset.n, link]);
  }
  for (const [number, link] of leading.get(letter) ?? []) {
    for (const piece of pieces(byId(placeOf(link)), endOf(link))) {
      const numbers = new Set(numbersOf(piece)).add(number);
      piece.dataset.c = [...numbers].sort((a, b) => a - b);
    }
  }
  leading.delete(letter);
}

/** The pieces of the report `letter` that the claim `number` rests on. */
const restsOn = (number, letter) => $$("[data-c]", byId(letter)).filter((piece) => numbersOf(piece).includes(number));

const wide = matchMedia("(min-width: 64rem)");   // the reader stands beside the claims; the same width as in the style sheet
const behind = $$("body > header, body > nav, main");
let shown = [];       // the letters of the reports shown, the left one first
let current = null;   // the claim from which the reader was asked, to which Escape leads back
let left = null;      // what had the focus then

/** Open the reader; where it covers the page, what it covers is out of reach until `close`. */
function open() {
  reader.classList.add("open");
  for (const part of behind) part.inert = !wide.matches;
}

function close() {
  reader.classList.remove("open");
  for (const part of behind) part.inert = false;
}

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
  tellClaims(letter);
  if ($(".marks", report)) return;
  let before = [];
  for (const para of $$(".para", report)) {
    const begun = new Set();
    for (const piece of $("p", para).childNodes) {
      const numbers = numbersOf(piece);
      if (numbers.length) piece.className ||= verdictOf(claimOf(numbers[0]));
      for (const n of numbers) if (!before.includes(n)) begun.add(n);
      before = numbers;
    }
    if (!begun.size) continue;
    const marks = document.createElement("span");
    marks.className = "marks";
    for (const n of [...begun].sort((a, b) => a - b)) {
      const claim = claimOf(n);
      const link = Object.assign(document.createElement("a"), { href: `#${claim.id}`, className: verdictOf(claim), textContent: shapeOf(claim) + n });
      marks.append(link);
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
  open();
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
  const sides = claim ? $$(".sides > :not(.beside)", claim).map((side) => linksOf(side).map((a) => letterOf(placeOf(a)))) : [];
  const across = sides.filter((side) => !side.includes(letter)).flat();
  return across[0] ?? (claim && [...reportsOf(claim)].find((x) => x !== letter));
}

function here(claim) {
  for (const was of $$(".claim.here")) was.classList.remove("here");
  claim?.classList.add("here");
}

/** Back from the place to the claim, to the very line that led here where there is one. */
function back() {
  close();
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
