// <script src="https://…/book/embed.js" data-subject="…" data-office="…" data-agent="…" data-language="…"></script>
(() => {
  const script = document.currentScript;
  const page = new URL("/book", script.src);
  for (const word of ["subject", "office", "agent", "language"]) {
    if (script.dataset[word]) page.searchParams.set(word, script.dataset[word]);
  }
  const frame = document.createElement("iframe");
  frame.src = page.href;
  frame.title = script.dataset.title || "Booking";
  frame.style.cssText = "display:block;inline-size:100%;block-size:640px;border:0";
  let pages = 0;
  frame.addEventListener("load", () => {
    // After a step that was longer than this one, its beginning may be out of sight.
    if (pages++ && frame.getBoundingClientRect().top < 0) frame.scrollIntoView({ block: "start" });
  });
  addEventListener("message", (event) => {
    if (event.origin !== page.origin || event.source !== frame.contentWindow) return;
    const height = event.data?.staffroom === "booking" ? Number(event.data.height) : 0;
    if (height > 0) frame.style.blockSize = `${Math.min(height, 20000)}px`;
  });
  script.after(frame);
})();
