/* The form of a new dossier: it keeps itself, Enter goes on to the next field, a pasted row fills it. Works without. */
(() => {
  "use strict";
  const form = document.getElementById("claim");
  const state = document.getElementById("kept");
  if (!form || !state) return;
  const field = (name) => form.elements[name];
  const stash = `entry:${form.dataset.me}:${location.pathname}`;
  const keep = () => window.htmx.trigger(state, "keep");
  const say = (what) => state.querySelector("span").replaceChildren(what);
  const press = (id) => form.requestSubmit(document.getElementById(id));
  let unsaved = false;

  /* nothing is said of the field that is being typed; leaving it, which `change` tells, is the moment */
  form.addEventListener("focusin", ({ target }) => { field("here").value = target.name || ""; });
  form.addEventListener("focusout", () => { field("here").value = ""; });
  const changed = ({ type, target }) => {
    unsaved = true;
    field("touched").value = target.name || "";
    if (type === "change") field("here").value = "";
  };
  form.addEventListener("input", changed, true);
  form.addEventListener("change", changed, true);

  window.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.isComposing || (at !== document.body && !form.contains(at))) return;
    const done = () => { event.preventDefault(); event.stopImmediatePropagation(); };
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === "s") { done(); keep(); }
      if (event.key === "Enter") { done(); press(event.shiftKey ? "save-next" : "save"); }
    } else if (event.key === "Enter" && at.matches("input:not([type=checkbox]),select")) {
      done();
      const all = [...form.querySelectorAll("input:not([type=hidden]),select,textarea,#save-next")].filter((one) => one.offsetParent);
      all.slice(all.indexOf(at) + 1).find((one) => (one.name || one.id) !== at.name)?.focus();
    }
  }, true);

  field("row_paste")?.addEventListener("paste", () => setTimeout(() => {
    if (field("row_paste").value.includes("\t")) press("fill-row");
  }));

  /* the page's address leads to the draft, so that a reload or a restored tab has it again */
  state.addEventListener("htmx:beforeRequest", () => { unsaved = false; });
  /* the session has ended: the page to sign in comes next, then this one, with what was typed */
  state.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    if (!detail.xhr.getResponseHeader("HX-Redirect")) return;
    const texts = [...new FormData(form)].filter(([name, value]) => value && name !== "csrfmiddlewaretoken");
    sessionStorage.setItem(stash, JSON.stringify(texts));
  });
  state.addEventListener("htmx:afterSwap", () => {
    const id = field("draft").value;
    if (id) history.replaceState(null, "", `${location.pathname}?draft=${id}`);
  });
  window.addEventListener("htmx:sendError", (event) => {
    if (event.detail.elt !== state) return;
    event.stopImmediatePropagation();
    unsaved = true;
    say(state.dataset.lost);
  }, true);
  window.addEventListener("online", keep);
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("pagehide", () => {
    if (unsaved) navigator.sendBeacon(state.getAttribute("hx-post"), new FormData(form));
  });

  const typed = JSON.parse(sessionStorage.getItem(stash) || "[]");
  sessionStorage.removeItem(stash);
  typed.forEach(([name, value]) => {
    const control = field(name);
    if (control && (control.type !== "hidden" || name === "draft")) control.value = value;
  });
  if (typed.length) keep();
})();
