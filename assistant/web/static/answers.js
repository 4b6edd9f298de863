// What can be done with an answer: copy it, say whether it helped, read a source in its whole document.
"use strict";

// Copying ------------------------------------------------------------------------------------------------------------

async function copyText(text) {
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		// Without https, browsers keep the clipboard from scripts but for this old way.
		const area = document.createElement("textarea");
		area.value = text;
		area.className = "visually-hidden";
		document.body.append(area);
		area.select();
		document.execCommand("copy");
		area.remove();
	}
}

// Opinions -----------------------------------------------------------------------------------------------------------

function tell(group, text) {
	group.querySelector(".done").textContent = text;
	window.announce(text);
}

async function send(group, useful, comment) {
	const body = JSON.stringify({ answer: group.dataset.answer, useful, comment });
	try {
		const response = await fetch("/omdome", { method: "POST", headers: { "Content-Type": "application/json" }, body });
		if (response.ok) return "";
		return (await response.json()).error.message;
	} catch {
		return "Omdömet kunde inte sparas. Försök igen om en stund.";
	}
}

function opinion(group) {
	const pressed = group.querySelector("[data-rate][aria-pressed=true]");
	return pressed ? pressed.dataset.rate === "up" : null;
}

async function rate(button) {
	const group = button.closest(".actions");
	const withdrawn = button.getAttribute("aria-pressed") === "true";
	const useful = withdrawn ? null : button.dataset.rate === "up";
	const failed = await send(group, useful, "");
	if (failed) return tell(group, failed);
	for (const one of group.querySelectorAll("[data-rate]")) one.setAttribute("aria-pressed", String(one === button && !withdrawn));
	group.querySelector(".comment").hidden = withdrawn;
	group.scrollIntoView({ block: "nearest" });
	tell(group, withdrawn ? "Omdömet är borttaget." : "Tack! Omdömet är sparat.");
}

async function comment(button) {
	const group = button.closest(".actions");
	const box = group.querySelector("textarea");
	const failed = await send(group, opinion(group), box.value);
	if (failed) return tell(group, failed);
	group.querySelector(".comment").hidden = true;
	tell(group, "Tack! Kommentaren är sparad.");
	group.querySelector("[data-rate][aria-pressed=true]").focus();
}

// The reader ---------------------------------------------------------------------------------------------------------

const reader = document.createElement("dialog");
reader.id = "reader";
reader.setAttribute("aria-label", "Dokumentet i sin helhet");
reader.innerHTML = '<div class="reader-bar"><a class="alone">Öppna på egen sida</a><button type="button" class="action" data-close>Stäng</button></div><div class="reader-text"></div>';

async function read(address) {
	const response = await fetch(address);
	if (!response.ok) return false;
	const article = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("article.document");
	if (!article) return false;
	reader.querySelector(".alone").href = address;
	reader.querySelector(".reader-text").replaceChildren(document.adoptNode(article));
	reader.setAttribute("aria-label", article.dataset.title);
	if (!reader.open) reader.showModal();
	const marked = reader.querySelector("#markerad");
	reader.scrollTop = 0;
	if (marked) {
		marked.focus({ preventScroll: true });
		marked.scrollIntoView({ block: "center" });
	}
	return true;
}

function insideReader(link) {
	const target = link.getAttribute("href").startsWith("#") && reader.querySelector(link.getAttribute("href"));
	if (!target) return false;
	target.scrollIntoView({ block: "start" });
	if (target.tabIndex < 0) target.tabIndex = -1;
	target.focus({ preventScroll: true });
	return true;
}

document.addEventListener("click", (event) => {
	const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
	const button = event.target.closest?.("button");
	const link = event.target.closest?.("a");
	if (button?.dataset.copy !== undefined) {
		copyText(button.dataset.copy).then(() => tell(button.closest(".actions"), "Kopierat."));
	} else if (button?.dataset.rate) {
		rate(button);
	} else if (button?.dataset.sendComment !== undefined) {
		comment(button);
	} else if (button?.dataset.close !== undefined || event.target === reader) {
		reader.close();
	} else if (button?.dataset.forget !== undefined) {
		fetch("/samtal/glom", { method: "POST" }).then(() => button.closest(".earlier").remove());
	} else if (link && plain && reader.contains(link) && insideReader(link)) {
		event.preventDefault();
	} else if (link && plain && (link.matches(".open-document") || (reader.contains(link) && link.pathname.startsWith("/dokument/") && !link.matches(".alone")))) {
		event.preventDefault();
		const address = link.href;
		read(address).then((shown) => { if (!shown) window.location.assign(address); }, () => window.location.assign(address));
	}
});

document.body?.append(reader) ?? document.addEventListener("DOMContentLoaded", () => document.body.append(reader));
