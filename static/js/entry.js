/* The form of a new dossier keeps itself (#kept); Enter goes on to the next field. Works without. */
(() => {
  "use strict";
  const form = document.getElementById("claim");
  const state = document.getElementById("kept");
  const { here, touched, row_paste: row } = form.elements;
  const draft = () => form.elements.draft;
  const stash = `entry:${form.dataset.me}:${location.pathname}`;
  const on = (target, type, act, first) => target.addEventListener(type, act, first);
  const keep = () => window.htmx.trigger(state, "keep");
  const press = (id) => form.requestSubmit(document.getElementById(id));
  const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  // typed since it was kept; being kept; handed in; the button pressed meanwhile
  let unsaved, flying, sent, waiting;

  /* nothing is said of a field that is still being typed: `change` tells that it was left */
  on(form, "focusin", ({ target }) => { here.value = target.name; });
  on(form, "focusout", () => { here.value = ""; });
  on(form, "input", ({ target }) => { unsaved = true; touched.value = target.name; }, true);
  on(form, "change", () => { here.value = ""; }, true);

  on(window, "keydown", (event) => {
    const at = event.target;
    if (event.isComposing || (at !== document.body && !form.contains(at))) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === "s") { stop(event); keep(); }
      if (event.key === "Enter") { stop(event); press(event.shiftKey ? "save-next" : "save"); }
    } else if (event.key === "Enter" && at.matches("input:not([type=checkbox]),select")) {
      stop(event);
      const all = [...form.querySelectorAll("input:not([type=hidden]),select,textarea,#save-next")].filter((one) => one.offsetParent);
      all.slice(all.indexOf(at) + 1).find((one) => one.name !== at.name)?.focus();
    }
  }, true);
  if (row) on(row, "paste", () => setTimeout(() => { if (row.value.includes("\t")) press("fill-row"); }));

  /* what is handed in waits for what is being kept, or a draft would outlive its case */
  on(state, "htmx:beforeRequest", (event) => {
    if (sent) return stop(event);
    unsaved = false;
    flying = true;
  });
  on(state, "htmx:afterRequest", () => {
    flying = false;
    if (waiting) setTimeout(() => form.requestSubmit(waiting));
  });
  on(window, "submit", (event) => {
    if (event.target !== form || !flying) return;
    stop(event);
    waiting = event.submitter || document.getElementById("save");
  }, true);
  on(window, "submit", (event) => {
    if (event.target === form && !event.defaultPrevented) { sent = true; unsaved = false; }
  });
  on(window, "pageshow", () => { sent = waiting = false; });

  /* a reload and a restored tab have the draft again */
  on(state, "htmx:afterSwap", () => {
    if (draft().value) history.replaceState(null, "", `?draft=${draft().value}`);
  });
  on(window, "pagehide", () => {
    if (unsaved) navigator.sendBeacon(state.getAttribute("hx-post"), new FormData(form));
  });
  on(window, "htmx:sendError", (event) => {
    if (event.detail.elt !== state) return;
    stop(event);
    unsaved = true;
    state.querySelector("span").textContent = state.dataset.lost;
  }, true);
  on(window, "online", keep);

  /* the session has ended: the page to sign in comes next, then this one with what was typed */
  on(state, "htmx:beforeOnLoad", ({ detail }) => {
    if (detail.xhr.getResponseHeader("HX-Redirect")) sessionStorage[stash] = JSON.stringify([...new FormData(form)]);
  });
  const typed = JSON.parse(sessionStorage[stash] || "[]");
  delete sessionStorage[stash];
  typed.forEach(([name, value]) => {
    const field = form.elements[name];
    if (field && (field.type !== "hidden" || name === "draft")) field.value = value;
  });
  if (typed.length) keep();
})();
