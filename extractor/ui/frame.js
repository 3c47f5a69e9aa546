// Keys: Esc leaves a text field, so that the letters of the buttons work again; Enter on a focused button, link or
// fold presses that one and not the screen's main button.
export default function ({ data }) {
  document.documentElement.lang = data.language;
  document.documentElement.style.setProperty("--word-choose", JSON.stringify(data.choose));
  const onKey = (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
    const target = event.composedPath()[0];
    if (!plain || !(target instanceof Element)) return;
    if (event.key === "Enter" && target.closest("button, summary, a[href], [role=tab], [role=option]")) event.stopPropagation();
    if (event.key === "Escape" && target.matches("input, textarea") && target.getAttribute("aria-expanded") !== "true") target.blur();
  };
  window.addEventListener("keydown", onKey, true);
  return () => window.removeEventListener("keydown", onKey, true);
}
