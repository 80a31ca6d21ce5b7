// The list of claims: what folds, filters, copying, keys; and where the page begins. It follows reader.js in one script.

/** Put the words into lines that only lead to them. They are taken from the report, where they stand. */
function fill(from) {
  for (const line of $$(":is(.more, .one) > p:not([class])", from)) {
    const at = $("a", line);
    const words = pieces(byId(placeOf(at)), endOf(at)).map((p) => p.textContent).join("");
    const quote = at.cloneNode();
    quote.className = "q";
    const letter = document.createElement("b");
    letter.textContent = at.textContent;
    quote.append(letter, ` “${words}”`);
    line.className = "e";
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
  const why = $(single ? ".because" : ".why summary, p.why", claim) ?? (single ? $("p.small", claim.closest(".alone")) : null);
  const notes = [];
  const out = [`- ${head}${why ? `: ${escaped(why.textContent)}` : ""}`];
  for (const line of $$("p.e", claim)) {
    const how = line.closest(".sides > *")?.firstElementChild;
    if (how && how !== line && $("p.e", how.parentElement) === line) out.push(`    - *${how.textContent}*`);
    const marks = [$("a.q", line), ...$$("small a", line)].map((at) => {
      const [letter, start] = placeOf(at).split(".");
      notes.push(`[^${claim.dataset.n}-${notes.length + 1}]: ${letter}, ${escaped(outlet(letter))}, characters ${start} to ${endOf(at)}`);
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
      if (at.classList.contains("report")) { show([id]); open(); at.focus(); at.scrollTop = 0; } else go(id, endOf(link), claim);
    } else if (at.classList.contains("claim")) {
      event.preventDefault();
      history.pushState(null, "", `#${id}`);
      close();
      visit(at);
    } else if (id === "reader") { event.preventDefault(); left = link; current = null; open(); byId(shown[0])?.focus(); }
    return;
  }
  const piece = event.target.closest("[data-c]");
  if (piece && !String(getSelection())) {
    const number = numbersOf(piece)[0];
    left = null;
    if (wide.matches) visit(claimOf(number));
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
wide.addEventListener("change", close);
addEventListener("beforeprint", () => {
  fill(document);
  for (const report of $$(".report")) margin(report.id);
  for (const d of $$("details:not([open])")) { d.open = true; d.dataset.closed = ""; } });
addEventListener("afterprint", () => { for (const d of $$("details[data-closed]")) { d.open = false; delete d.dataset.closed; } });

// --- at the start: the first report, or where the address leads ---------------------------------------------------------------

function arrive() {
  const at = byId(decodeURIComponent(location.hash.slice(1)));
  if (at?.classList.contains("claim")) visit(at);
  else if (at?.classList.contains("report")) { show([at.id]); open(); }
  else if (at?.closest(".report")) { tellClaims(letterOf(at.id)); go(at.id, 0, at.dataset.c ? claimOf(numbersOf(at)[0]) : null); }
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
