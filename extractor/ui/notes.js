// What there is to know about a record, beside its card. Every word goes through textContent.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".notes");
  root.replaceChildren(...data.lines.map(draw));
}

function draw(line) {
  const row = document.createElement("div");
  row.className = "line " + line.look;
  if (line.look === "flash") row.setAttribute("role", "status");
  for (const part of line.parts) {
    const span = document.createElement("span");
    span.className = part.look;
    span.textContent = part.text;
    if (part.title) span.title = part.title;
    row.append(span);
  }
  return row;
}
