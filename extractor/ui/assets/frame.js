// Keys: Esc leaves a text field, so that the letters of the buttons work again; Enter on a focused button, link or
// fold presses that one and not the screen's main button. Words: what Streamlit itself says in English, in menus,
// tooltips, dialogs and the upload field, and to who does not see the screen, is said in the language of the screen.
const PLACE = "solieu-place";
const DROP = '[data-testid="stFileUploaderDropzone"][role="presentation"]';
const SAID = ["aria-label", "placeholder"];
const FOUND = new CSSStyleSheet(); // what stands under an English label: an animation tells that it is there
document.adoptedStyleSheets.push(FOUND);

export default function ({ data }) {
  if (document.documentElement.lang !== data.language) giveBackLabels();
  document.documentElement.lang = data.language;
  if (data.cookie) {
    document.cookie = `${data.cookie}=${data.language}; path=/; samesite=lax`;
    keepPlace(data.shut);
  }
  document.documentElement.style.setProperty("--word-choose", JSON.stringify(data.choose));
  const onKey = (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
    const target = event.composedPath()[0];
    if (!plain || !(target instanceof Element)) return;
    if (event.key === "Enter" && target.closest("button, summary, a[href], [role=tab], [role=option]")) event.stopPropagation();
    if (event.key === "Escape" && target.matches("input, textarea") && target.getAttribute("aria-expanded") !== "true") target.blur();
  };
  window.addEventListener("keydown", onKey, true);
  // a place to drop files has a name, so it is no mere decoration: an animation of frame.css tells that one is there
  const name = (place) => (place.matches(DROP) ? place.setAttribute("role", "group") : sayLabel(place, data.labels));
  const onFound = (event) => event.animationName === "solieu-found" && name(event.target);
  FOUND.replaceSync(Object.keys(data.labels).flatMap((label) => SAID.map((said) => `[${said}=${JSON.stringify(label)}] { animation: solieu-found 1ms; }`)).join(""));
  document.addEventListener("animationstart", onFound);
  document.querySelectorAll(DROP).forEach(name); // it was first
  const unwatch = watchWords(data.words);
  return () => {
    window.removeEventListener("keydown", onKey, true);
    unwatch();
    document.removeEventListener("animationstart", onFound);
  };
}

function sayLabel(place, labels) {
  for (const said of SAID) {
    const english = place.getAttribute(said);
    if (!Object.hasOwn(labels, english)) continue;
    place.dataset.english = english;
    place.setAttribute(said, labels[english]);
  }
}

// React writes a label once: what was said in the other language is put back before this one is.
function giveBackLabels() {
  for (const place of document.querySelectorAll("[data-english]")) {
    place.setAttribute(SAID.find((said) => place.hasAttribute(said)), place.dataset.english);
    delete place.dataset.english;
  }
}

// The provider who logs a person in sends them back to the bare address: this tab keeps the link that they had opened.
function keepPlace(shut) {
  const here = location.pathname + location.search;
  if (shut) {
    if (location.search || !location.pathname.endsWith("/")) sessionStorage.setItem(PLACE, here);
    return;
  }
  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (place && place !== here) location.replace(location.origin + place); // with its origin: "//" would lead elsewhere
}

// Menus, tooltips and dialogs are drawn in elements that Streamlit adds to the body. Only these and the upload field
// are looked at: watching the whole page would cost every key press. Words that begin with … are the end of a sentence;
// ours without it stand for the whole sentence.
function watchWords(words) {
  const known = Object.entries(words);
  if (!known.length) return () => {};
  const say = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      for (const [english, ours] of known) {
        const end = english.startsWith("…");
        const whole = !ours.startsWith("…");
        const [old, words] = end ? [english.slice(1), whole ? ours : ours.slice(1)] : [english, ours];
        if (end && node.data.endsWith(old)) node.data = (whole ? "" : node.data.slice(0, -old.length)) + words;
        if (!end && node.data.startsWith(old)) node.data = words + node.data.slice(old.length);
      }
    }
  };
  const inside = new MutationObserver((changes) => changes.forEach(({ target }) => say(target.nodeType === Node.TEXT_NODE ? target.parentNode ?? target : target)));
  const deep = { childList: true, characterData: true, subtree: true };
  const follow = (root) => {
    say(root);
    inside.observe(root, deep);
  };
  const added = new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === Node.ELEMENT_NODE) follow(node);
  });
  added.observe(document.body, { childList: true });
  document.querySelectorAll('[data-testid="stSkipToContent"]').forEach(follow); // what the first Tab shows
  const atUpload = (event) => {
    const field = event.target instanceof Element && event.target.closest('[data-testid="stFileUploader"]');
    if (field) follow(field);
  };
  const upload = ["change", "dragenter", "focusin", "pointerover"];
  for (const kind of upload) document.addEventListener(kind, atUpload, true);
  return () => {
    inside.disconnect();
    added.disconnect();
    for (const kind of upload) document.removeEventListener(kind, atUpload, true);
  };
}
