// Shows a report's text, or one page image, with its figures marked. Data in: blocks or page, marks, focus.
// Out: `picked` (a mark was clicked), `selected` (a stretch of text, as offsets), `viewed` (page or text was chosen),
// `turned` (another page was asked for). A click on a word says it to the page, where a card may take it; the figure
// that a hand is at in the table of a sentence is heard from there, and marked.
// Report text goes through textContent only. A page image stays while only its marks change.
const ROOM = 16; // points left and right of the text that are shown; the rest of the margins is cropped
const NEARER = 1.75;

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".viewer");
  root.say = setTriggerValue;
  root.stopZoom?.();
  const zoom = () => {
    root.near = !root.near;
    if (root.lay) root.lay();
    root.classList.toggle("near", root.near);
    settle();
  };
  const turn = (event) => root.turn?.(event.detail);
  const at = (event) => markAt(root, event.detail);
  const ahead = (event) => {
    data = event.detail.source;
    draw();
  };
  const heard = { "solieu-zoom": zoom, "solieu-turn": turn, "solieu-at": at, "solieu-ahead": ahead };
  for (const [kind, react] of Object.entries(heard)) window.addEventListener(kind, react);
  root.stopZoom = () => {
    for (const [kind, react] of Object.entries(heard)) window.removeEventListener(kind, react);
  };
  if (root.dataset.shown !== data.stamp) draw();
  return root.stopZoom;

  function draw() {
    const same = root.dataset.frame === data.frame;
    const top = same && !data.page ? root.scrollTop : 0; // to ask it lays the page out once more
    if (data.page && same) data.page.lines ??= root.lines; // the letters of a page are not sent twice
    root.lines = data.page?.lines;
    root.dataset.shown = data.stamp;
    root.dataset.frame = data.frame;
    root.setAttribute("aria-label", data.label);
    root.turn = data.page ? (step) => turnBy(data.page, step, root.say) : null;
    root.onmouseup = root.onkeyup = data.selects ? () => report(root, root.say) : data.add ? (event) => offer(root, data, event) : null;
    const sheet = root.querySelector(".page");
    if (same && data.page && sheet && root.lay) {
      root.marks(data);
      settle();
      return;
    }
    root.lay = root.marks = null;
    const bar = data.views || data.page ? [drawViews(data, root.say)] : [];
    root.replaceChildren(...bar, data.page ? drawPage(root, data, pick, settle) : drawText(data, pick));
    if (!data.page) {
      if (same) root.scrollTop = top;
      settle();
    }
  }

  function settle() {
    const focus = root.querySelector(".focus");
    if (focus) reveal(root, focus);
    else if (data.page) root.scrollTop = 0;
  }

  function pick(id) {
    root.say("picked", id);
  }
}

function drawViews(data, say) {
  const bar = element("div", "views");
  bar.setAttribute("role", "group");
  if (data.page?.count > 1) {
    for (const [step, sign, name] of [[-1, "‹", data.page.back], [1, "›", data.page.on]]) {
      const button = element("button", "turn");
      button.type = "button";
      button.textContent = sign;
      button.setAttribute("aria-label", name);
      button.title = name;
      button.disabled = data.page.number + step < 1 || data.page.number + step > data.page.count;
      button.onclick = () => turnBy(data.page, step, say);
      bar.append(button);
      if (step < 0) {
        const where = element("span", "where");
        where.textContent = `${data.page.number}/${data.page.count}`;
        bar.append(where);
      }
    }
  }
  if (!data.views) return bar;
  bar.setAttribute("aria-label", data.views.of);
  for (const [view, name] of Object.entries(data.views.names)) {
    const button = element("button", "view" + (view === data.views.current ? " chosen" : ""));
    button.type = "button";
    button.textContent = name;
    button.setAttribute("aria-pressed", view === data.views.current);
    button.onclick = () => say("viewed", view);
    bar.append(button);
  }
  return bar;
}

function turnBy(page, step, say) {
  const number = page.number + step;
  if (number >= 1 && number <= page.count) say("turned", number);
}

function drawText(data, pick) {
  const sheet = element("div", "sheet");
  for (const block of data.blocks) {
    const line = element("p", block.kind);
    for (const [text, start, mark] of block.runs) {
      const run = element(mark ? "mark" : "span", mark ? mark.look + (mark.id === data.focus ? " focus" : "") : "");
      run.textContent = text;
      run.dataset.start = start;
      if (mark) run.title = mark.title;
      if (mark?.id) run.dataset.id = mark.id;
      if (mark?.id && mark.id !== data.focus) run.onclick = () => String(getSelection()) || pick(mark.id);
      else run.onclick = (event) => sayWord(run, event);
      line.append(run);
    }
    sheet.append(line);
  }
  return sheet;
}

// Boxes are in PDF points; the picture has `scale` pixels a point, so its own size says where they lie. The margins are
// cropped; `near` shows the line at hand larger. Letters lie over the picture, unseen, so that they can be found,
// chosen and clicked.
function drawPage(root, data, pick, settle) {
  const sheet = element("div", "page");
  const image = element("img", "");
  image.alt = data.page.title;
  image.onload = () => {
    const [width, height] = [image.naturalWidth / data.page.scale, image.naturalHeight / data.page.scale];
    const lines = data.page.lines;
    const left = lines.length ? Math.max(0, Math.min(...lines.map((line) => line[1])) - ROOM) : 0;
    const right = lines.length ? Math.min(width, Math.max(...lines.map((line) => line[3])) + ROOM) : width;
    const place = (made, [x0, top, x1, bottom]) => {
      made.style.left = (x0 / width) * 100 + "%";
      made.style.top = (top / height) * 100 + "%";
      made.style.width = ((x1 - x0) / width) * 100 + "%";
      made.style.height = ((bottom - top) / height) * 100 + "%";
      return made;
    };
    root.lay = () => {
      const share = (width / (right - left)) * 100 * (root.near ? NEARER : 1);
      sheet.style.width = share + "%";
      sheet.style.marginLeft = -(left / width) * share + "%";
    };
    const tints = element("div", "tints");
    root.marks = (now) => {
      tints.replaceChildren();
      for (const { id, look, title, box } of now.page.boxes) {
        const chosen = id !== null && id === now.focus && look !== "compared" && look !== "named";
        const frame = element(id === null || chosen ? "div" : "button", "box " + look + (chosen ? " focus" : ""));
        frame.title = title;
        if (id !== null) frame.dataset.id = id;
        if (id !== null && !chosen) {
          frame.type = "button";
          frame.tabIndex = -1;
          frame.onclick = () => pick(id);
        }
        tints.append(place(frame, box));
        if (chosen) tints.append(place(element("div", "bar"), [left + 3, box[1], left + 7, box[3]]));
      }
    };
    root.lay();
    sheet.append(tints);
    root.marks(data);
    settle();
    requestIdleCallback(() => {
      tints.before(drawLetters(lines, place, width)); // what is looked at comes first, what is clicked after it
      fit(sheet);
    });
  };
  image.onerror = () => sheet.replaceChildren(document.createTextNode(data.page.failed));
  image.src = data.page.url;
  sheet.append(image);
  return sheet;
}

function drawLetters(lines, place, width) {
  const layer = element("div", "letters");
  for (const [text, x0, top, x1, bottom, start, space] of lines) {
    const box = [x0, top, x1, bottom];
    const run = place(element("span", ""), box);
    run.style.width = "auto";
    run.style.fontSize = ((box[3] - box[1]) / width) * 80 + "cqw";
    run.style.wordSpacing = (space - 250) / 1000 + "em";
    run.dataset.wide = ((box[2] - box[0]) / width) * 100;
    run.textContent = text;
    run.dataset.start = start;
    run.onclick = (event) => sayWord(run, event);
    layer.append(run);
  }
  return layer;
}

// Each line of letters is stretched to the width that it has on the paper.
function fit(sheet) {
  const whole = sheet.clientWidth;
  const runs = [...sheet.querySelectorAll(".letters span")];
  const wide = runs.map((run) => run.offsetWidth);
  runs.forEach((run, n) => wide[n] && (run.style.transform = `scaleX(${(Number(run.dataset.wide) / 100) * whole / wide[n]})`));
}

// The word, or the whole number, under the pointer.
function sayWord(run, event) {
  if (String(getSelection())) return;
  const range = document.createRange();
  for (const found of run.textContent.matchAll(/[^\s]+/g)) {
    range.setStart(run.firstChild, found.index);
    range.setEnd(run.firstChild, found.index + found[0].length);
    const under = [...range.getClientRects()].some((box) => event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom);
    if (!under) continue;
    const word = found[0].replace(/^[^\p{L}\p{N}%−-]+|[^\p{L}\p{N}%]+$/gu, "");
    if (word) window.dispatchEvent(new CustomEvent("solieu-word", { detail: word }));
    return;
  }
}

// The figure that a hand is at, of several that are decided together.
function markAt(root, id) {
  root.querySelectorAll(".at").forEach((old) => old.classList.remove("at"));
  const found = root.querySelectorAll(`[data-id="${Number(id)}"]`);
  found.forEach((one) => one.classList.add("at"));
  if (found.length) reveal(root, found[0]);
}

function reveal(root, focus) {
  const box = focus.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  const inside = box.top > frame.top + 40 && box.bottom < frame.bottom - 40;
  if (!inside) root.scrollTop += box.top - frame.top - root.clientHeight * 0.4;
  const across = box.left > frame.left + 10 && box.right < frame.right - 20;
  if (!across) root.scrollLeft += box.right - frame.right + root.clientWidth * 0.35;
}

function report(root, setTriggerValue) {
  const found = chosenStretch(root);
  if (found) setTriggerValue("selected", found);
}

// A button beside what was selected: a selection alone may be a slip of the hand.
function offer(root, data, event) {
  if (event.target.closest?.(".offer")) return;
  const found = chosenStretch(root);
  root.querySelector(".offer")?.remove();
  if (!found) return;
  const button = element("button", "offer");
  button.type = "button";
  button.textContent = data.add;
  button.onmousedown = (event) => event.preventDefault();
  button.onclick = () => {
    button.remove();
    root.say("selected", { ...found, page: !!data.page });
  };
  const [box, frame] = [found.box, root.getBoundingClientRect()];
  button.style.left = Math.min(Math.max(box.left - frame.left + root.scrollLeft, 4), root.scrollLeft + root.clientWidth - 190) + "px";
  button.style.top = box.bottom - frame.top + root.scrollTop + 6 + "px";
  root.append(button);
}

function chosenStretch(root) {
  const shadow = root.getRootNode();
  const chosen = (shadow.getSelection ? shadow : document).getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
  const range = chosen.getRangeAt(0);
  const ends = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
  if (ends.includes(null)) return null;
  const { left, bottom } = range.getBoundingClientRect();
  return { start: Math.min(...ends), end: Math.max(...ends), box: { left, bottom } };
}

// Python counts characters, JavaScript counts UTF-16 units.
function offset(node, units) {
  const run = node.parentElement?.closest("[data-start]");
  return run ? Number(run.dataset.start) + [...node.textContent.slice(0, units)].length : null;
}

function element(name, look) {
  const made = document.createElement(name);
  made.className = look;
  return made;
}
