// What Apache Annotator finds for each selector of an AnnotationPage: [annotation, selector's type, start in code points, words].
// Standard input: {"page": the page as JSON-LD, "texts": {source: text}}. Standard output: one JSON array a line.

import { text } from "node:stream/consumers";
import { createTextPositionSelectorMatcher, createTextQuoteSelectorMatcher } from "@apache-annotator/dom";
import { JSDOM } from "jsdom";

const MATCHER = {
  TextQuoteSelector: createTextQuoteSelectorMatcher,
  TextPositionSelector: createTextPositionSelectorMatcher,
};

const list = (value) => (Array.isArray(value) ? value : [value]);
const { page, texts } = JSON.parse(await text(process.stdin));

const { document, Node, NodeFilter } = new JSDOM("").window;
Object.assign(globalThis, { document, Node, NodeFilter });
const shown = {};
for (const [source, words] of Object.entries(texts)) {
  shown[source] = document.createElement("div");
  // As a page shows a text: a line an element.
  for (const piece of words.split(/(?<=\n)/u)) {
    const element = shown[source].appendChild(document.createElement("span"));
    element.append(piece);
  }
  document.body.append(shown[source]);
}

for (const annotation of page.items) {
  for (const target of list(annotation.target)) {
    for (const selector of list(target.selector)) {
      for await (const range of MATCHER[selector.type](selector)(shown[target.source])) {
        const before = document.createRange();
        before.setStart(shown[target.source], 0);
        before.setEnd(range.startContainer, range.startOffset);
        console.log(JSON.stringify([annotation.id, selector.type, [...before.toString()].length, range.toString()]));
      }
    }
  }
}
