// What the page does beyond Gradio: references open their source, answers are announced once, focus stays in place.
"use strict";

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

function goTo(element, shown = element) {
	const block = shown.offsetHeight < window.innerHeight * 0.8 ? "nearest" : "start";
	element.focus({ preventScroll: true });
	shown.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });
}

// Sources -----------------------------------------------------------------------------------------------------------

function showGroup(group) {
	for (const other of document.querySelectorAll("section.sources")) other.hidden = other !== group;
}

// Gradio leaves the groups of earlier answers as they are, those in view too.
let latest = 0;

function showLatestSources() {
	const last = [...document.querySelectorAll("#sources section.sources")].at(-1);
	const number = Number(last?.dataset.exchange ?? 0);
	if (number === latest) return;
	latest = number;
	if (!last) return;
	showGroup(last);
	document.getElementById("sources-column").scrollTop = 0;
}

function openSource(id) {
	const source = document.getElementById(id);
	if (!source) return false;
	showGroup(source.closest("section.sources"));
	if (source.tagName === "DETAILS") {
		source.open = true;
		for (const other of document.querySelectorAll(".source.current")) other.classList.remove("current");
		source.classList.add("current");
		goTo(source.querySelector("summary"), source);
	} else {
		goTo(source);
	}
	return true;
}

function beginAnew() {
	window.history.replaceState(null, "", "/");
	window.scrollTo(0, 0);
	if (!window.matchMedia("(pointer: coarse)").matches) focusQuestion(); // there the focus would bring up a keyboard
}

document.addEventListener("click", (event) => {
	const link = event.target.closest?.("a.cite, a.cite-nearest, a.back");
	const again = event.target.closest?.("#again");
	if (again) beginAnew();
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
	const id = link.getAttribute("href").slice(1);
	if (link.classList.contains("back")) {
		const reference = document.getElementById(id);
		if (reference) goTo(reference);
	} else if (!openSource(id)) {
		return;
	}
	event.preventDefault();
});

// Answers -----------------------------------------------------------------------------------------------------------

const announcer = document.createElement("div");
announcer.className = "visually-hidden";
announcer.setAttribute("role", "status");

window.announce = (text) => { announcer.textContent = text; };

let announced = 0;
let asked = 0;
let busy = 0;

function spoken(exchange) {
	const answer = exchange.querySelector(".answer").cloneNode(true);
	for (const part of answer.querySelectorAll("[aria-hidden], .more, .actions")) part.remove();
	for (const reference of answer.querySelectorAll("a.cite")) reference.replaceWith(" ");
	for (const label of answer.querySelectorAll("h3, .when")) label.append(": ");
	return answer.textContent.replace(/\s+/g, " ").trim();
}

// When a question is asked there is no room yet to bring it to the top; readers who have gone elsewhere stay there.
function showWhole(exchange) {
	const top = exchange.getBoundingClientRect().top;
	if (top < 0 || top > window.innerHeight) return;
	exchange.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
}

function follow() {
	const exchange = document.querySelector("#current .exchange");
	if (!exchange) {
		announced = asked = busy = 0;
		return;
	}
	const number = Number(exchange.dataset.exchange);
	if (!("complete" in exchange.dataset)) busy = number;
	if (number !== asked) {
		asked = number;
		if (busy === number) emptyQuestion();
		exchange.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
	}
	if ("complete" in exchange.dataset && number !== announced) {
		const askedHere = busy === number;
		announced = number;
		if (!askedHere) return;
		announcer.textContent = spoken(exchange);
		showWhole(exchange);
		if (document.activeElement === document.body) focusQuestion();
	}
}

// The address names the conversation, so that reloading the page or coming back to it opens it again.
function nameAddress() {
	const conversation = document.querySelector("#tools .tools")?.dataset.conversation;
	const address = new URL(window.location);
	if (!conversation || address.searchParams.get("k") === conversation) return;
	window.history.replaceState(null, "", `/?k=${conversation}`);
}

function focusQuestion() {
	document.querySelector("#question textarea")?.focus({ preventScroll: true });
}

function emptyQuestion() {
	const box = document.querySelector("#question textarea");
	if (!box) return;
	box.value = "";
	box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Gradio's own leftovers -------------------------------------------------------------------------------------------

const SWEDISH = new Map([
	["Connection to the server was lost. Attempting reconnection...", "Kontakten med servern bröts. Försöker igen …"],
	["Connection re-established.", "Kontakten med servern är tillbaka."],
	["Error", "Fel"],
	["Close", "Stäng"],
]);

function translate(root) {
	const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const swedish = SWEDISH.get(texts.currentNode.nodeValue.trim());
		if (swedish) texts.currentNode.nodeValue = swedish;
	}
	for (const button of root.querySelectorAll("[aria-label]")) {
		const swedish = SWEDISH.get(button.getAttribute("aria-label"));
		if (swedish) button.setAttribute("aria-label", swedish);
	}
}

// Its heading is a button around the button that closes it, which nobody can operate without a mouse.
function mendToast(toast) {
	translate(toast);
	for (const header of toast.querySelectorAll(".toast-header[role]")) {
		header.removeAttribute("role");
		header.removeAttribute("tabindex");
	}
}

new MutationObserver(() => {
	follow();
	showLatestSources();
	nameAddress();
	for (const toast of document.querySelectorAll(".toast-wrap")) mendToast(toast);
}).observe(document.documentElement, { childList: true, subtree: true });

document.body?.append(announcer) ?? document.addEventListener("DOMContentLoaded", () => document.body.append(announcer));
