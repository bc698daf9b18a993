// Every page works without this. It adds a key for the search and buttons that copy commands.

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
