// Every page works without this. It adds a key for the search, buttons that copy commands, who is online now, and
// answers as they come.

const search = document.querySelector('input[type="search"]');

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !search) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
  event.preventDefault();
  search.focus();
  search.select();
});

function addCopyButton(command) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(command.textContent.trim());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  const box = document.createElement("div");
  box.className = "copyable";
  command.replaceWith(box);
  box.append(command, button);
}

// Browsers have no clipboard for pages that came in the clear from another machine.
if (navigator.clipboard) {
  for (const command of document.querySelectorAll("pre.command")) addCopyButton(command);
}

// Which agents are online changes while somebody looks: the chips are those of the same page, asked for again.
const presence = ".chip.online, .chip.offline";

function agentOf(chip) {
  return chip.parentElement.querySelector("a").getAttribute("href");
}

async function refreshPresence() {
  if (document.hidden) return;
  const response = await fetch(location.href, { signal: AbortSignal.timeout(5000) }).catch(() => null);
  const text = response?.ok ? await response.text().catch(() => "") : "";
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = new Map([...page.querySelectorAll(presence)].map((chip) => [agentOf(chip), chip]));
  for (const chip of document.querySelectorAll(presence)) {
    const now = fresh.get(agentOf(chip));
    if (!now || now.textContent === chip.textContent) continue;
    chip.className = now.className;
    chip.textContent = now.textContent;
  }
}

if (document.querySelector("[data-live]")) setInterval(refreshPresence, 5000);

// An answer goes on behind the position that the page has; after a lost connection the browser asks for what is missing.
// The pieces are those of the server's AnswerPart.
function follow(answer) {
  const message = answer.closest(".message");
  const events = new EventSource(answer.dataset.events);

  function end(problem) {
    events.close();
    message.querySelector(".working")?.remove();
    if (problem) add(message, "p", "fault", problem);
  }

  events.addEventListener("message", ({ data }) => {
    const event = JSON.parse(data);
    if (event.type === "chunk") show(answer, event);
    else if (event.type === "reset") end("Some of this answer has aged out. Reload the page.");
    else if (event.type === "error") end(event.message);
    else if (event.type === "done") {
      end();
      // The page has their names and links.
      if (event.attachments?.length) location.reload();
    }
  });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) end("The answer can no longer be followed. Reload the page.");
  });
}

function add(parent, tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  parent.append(element);
  return element;
}

function show(answer, { kind = "text", delta = "", tool_name: name = "tool", tool_call_id: id = "tool" }) {
  if (kind === "text" || kind === "message" || kind === "input_required") {
    const last = answer.lastElementChild;
    (last?.classList.contains("text") ? last : add(answer, "div", "said text", "")).append(delta);
  } else if (kind === "thinking") fold(answer, "Thinking", "", true).append(delta);
  else if (kind === "artifact") fold(answer, "Artifact", "", false).append(delta);
  else if (kind === "tool_start") fold(answer, `Tool: ${name}`, id, false).append(delta);
  else if (kind === "tool_input") fold(answer, `Tool: ${name}`, id, true).append(delta);
  else if (kind === "tool_result") fold(answer, `Tool: ${name}`, id, true).append("\n" + delta);
  else if (kind !== "usage") add(answer, "p", "note", delta);
}

// The folded piece to which something belongs: the last one where it may go on, or a new one.
function fold(answer, label, tool, mayGoOn) {
  const last = answer.lastElementChild;
  const isSame = last?.matches("details") && (tool ? last.dataset.tool === tool : last.firstChild.textContent === label);
  if (mayGoOn && isSame) return last.lastElementChild;
  const details = add(answer, "details", "", "");
  details.dataset.tool = tool;
  add(details, "summary", "", label);
  return add(details, "div", "said", "");
}

for (const answer of document.querySelectorAll("[data-events]")) follow(answer);

// Stopping leaves the page as it is: what the agent still says comes with the other events.
for (const form of document.querySelectorAll("form.stop")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    const stopped = await fetch(form.action, { method: "POST", redirect: "manual" }).catch(() => null);
    if (stopped?.type !== "opaqueredirect") button.disabled = false;
  });
}
