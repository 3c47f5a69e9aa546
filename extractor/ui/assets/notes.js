// What there is to know about a record or a report. Every word goes through textContent. A line with a `pick` can be
// clicked, or reached by Tab and pressed, and hands its pick back.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".notes");
  root.classList.toggle("tall", data.tall);
  root.tabIndex = data.tall ? 0 : -1; // what scrolls can be scrolled by keys
  const show = (lines) => root.replaceChildren(...lines.map((line) => draw(line, (pick) => setTriggerValue("picked", pick))));
  show(data.lines);
  if (!data.ahead) return;
  const onAhead = (event) => show(event.detail.notes);
  root.stop?.();
  root.stop = () => window.removeEventListener("solieu-ahead", onAhead);
  window.addEventListener("solieu-ahead", onAhead);
  return root.stop;
}

function draw(line, pick) {
  const row = document.createElement(line.pick ? "button" : "div");
  row.className = "line " + line.look;
  if (line.pick) row.onclick = () => pick(line.pick);
  if (line.look.startsWith("flash")) row.setAttribute("role", "status");
  for (const part of line.parts) {
    const span = document.createElement("span");
    span.className = part.look;
    span.textContent = part.text;
    if (part.title) span.title = part.title;
    row.append(span);
  }
  if (line.share !== undefined) row.style.setProperty("--share", line.share);
  return row;
}
