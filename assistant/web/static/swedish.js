// Runs before Gradio's own scripts: they take their language from the browser, and this page is Swedish for everyone.
for (const [name, value] of [["language", "sv-SE"], ["languages", Object.freeze(["sv-SE", "sv"])]]) {
	Object.defineProperty(Navigator.prototype, name, { get: () => value, configurable: true });
}
