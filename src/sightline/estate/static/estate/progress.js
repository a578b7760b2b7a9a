// Follows the import of an upload. Without this script the page has a link that does the same by hand.
const reading = document.getElementById("reading");
const bar = document.getElementById("reading-progress");
const doing = document.getElementById("reading-doing");
const said = document.getElementById("reading-said");

async function look() {
  try {
    const answer = await fetch(reading.dataset.progressUrl, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const state = await answer.json();
      if (state.done) {
        window.location.reload();
        return;
      }
      bar.value = state.percent;
      if (doing.textContent !== state.doing) {
        doing.textContent = state.doing;
        said.textContent = state.doing;
      }
    }
  } catch {
    // The network may be away for a moment; the next look tells.
  }
  window.setTimeout(look, 1000);
}

if (reading) {
  window.setTimeout(look, 500);
}
