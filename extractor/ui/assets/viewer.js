// Shows a report's text, or one page image, with its figures marked. Data in: blocks or page, marks, focus.
// Out: `picked` (a mark was clicked), `selected` (a stretch of text, as offsets), `viewed` (page or text was chosen).
// Report text goes through textContent only.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".viewer");
  if (root.dataset.shown === data.stamp) return;
  const same = root.dataset.frame === data.frame;
  const top = root.scrollTop;
  root.dataset.shown = data.stamp;
  root.dataset.frame = data.frame;
  root.setAttribute("aria-label", data.label);
  const views = data.views ? [drawViews(data.views, (view) => setTriggerValue("viewed", view))] : [];
  root.replaceChildren(...views, data.page ? drawPage(data, pick, settle) : drawText(data, pick));
  if (!data.page) settle();
  root.onmouseup = root.onkeyup = data.selects ? () => report(root, setTriggerValue) : null;

  function settle() {
    if (same) root.scrollTop = top;
    const focus = root.querySelector(".focus");
    if (focus) reveal(root, focus);
  }

  function pick(id) {
    setTriggerValue("picked", id);
  }
}

function drawViews(views, choose) {
  const bar = element("div", "views");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", views.of);
  for (const [view, name] of Object.entries(views.names)) {
    const button = element("button", view === views.current ? "chosen" : "");
    button.type = "button";
    button.textContent = name;
    button.setAttribute("aria-pressed", view === views.current);
    button.onclick = () => choose(view);
    bar.append(button);
  }
  return bar;
}

function drawText(data, pick) {
  const sheet = element("div", "sheet");
  for (const block of data.blocks) {
    const line = element("p", block.kind);
    for (const [text, start, mark] of block.runs) {
      const run = element(mark ? "mark" : "span", mark ? mark.look + (mark.id === data.focus ? " focus" : "") : "");
      run.textContent = text;
      run.dataset.start = start;
      if (mark) {
        run.title = mark.title;
        if (mark.id) run.onclick = () => String(getSelection()) || pick(mark.id);
      }
      line.append(run);
    }
    sheet.append(line);
  }
  return sheet;
}

// Boxes are in PDF points; the picture has `scale` pixels a point, so its own size says where they lie.
function drawPage(data, pick, settle) {
  const sheet = element("div", "page");
  const image = element("img", "");
  image.alt = data.page.title;
  image.onload = () => {
    const [width, height] = [image.naturalWidth / data.page.scale, image.naturalHeight / data.page.scale];
    for (const { id, look, title, box } of data.page.boxes) {
      const frame = element("button", "box " + look + (id === data.focus ? " focus" : ""));
      frame.type = "button";
      frame.title = title;
      frame.tabIndex = -1;
      frame.style.left = (box[0] / width) * 100 + "%";
      frame.style.top = (box[1] / height) * 100 + "%";
      frame.style.width = ((box[2] - box[0]) / width) * 100 + "%";
      frame.style.height = ((box[3] - box[1]) / height) * 100 + "%";
      frame.onclick = () => pick(id);
      sheet.append(frame);
    }
    settle();
  };
  image.onerror = () => sheet.replaceChildren(document.createTextNode(data.page.failed));
  image.src = data.page.url;
  sheet.append(image);
  return sheet;
}

function reveal(root, focus) {
  const box = focus.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  const inside = box.top > frame.top + 40 && box.bottom < frame.bottom - 40;
  if (!inside) root.scrollTop += box.top - frame.top - root.clientHeight * 0.4;
}

function report(root, setTriggerValue) {
  const shadow = root.getRootNode();
  const chosen = (shadow.getSelection ? shadow : document).getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
  const range = chosen.getRangeAt(0);
  const ends = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
  if (ends.includes(null)) return;
  setTriggerValue("selected", { start: Math.min(...ends), end: Math.max(...ends) });
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
