/* Shortens the way; every page works without it. No inline handlers: behaviour hangs on data attributes
   (templates/components/README.md). Never touches text while a Vietnamese input method composes. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = $("#words")?.dataset ?? {};
  const typing = (node) => node.closest?.("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable]");

  function toast(text, label, action) {
    const box = document.createElement("div");
    box.className = "toast";
    box.append(Object.assign(document.createElement("span"), { textContent: text }));
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label || words.close });
    button.addEventListener("click", () => { box.remove(); action?.(); });
    box.append(button);
    $("#toasts")?.append(box);
    if (!action) {
      let timer = setTimeout(() => box.remove(), 8000);
      box.addEventListener("pointerenter", () => clearTimeout(timer));
      box.addEventListener("pointerleave", () => { timer = setTimeout(() => box.remove(), 8000); });
    }
    return box;
  }

  /* dialogs and menus */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      event.preventDefault();
      const dialog = document.getElementById(opener.dataset.dialog);
      dialog?.showModal();
      dialog?.addEventListener("close", () => opener.focus(), { once: true });
    }
    const closer = event.target.closest("[data-close]");
    if (closer) { event.preventDefault(); closer.closest("dialog")?.close(); }
    $$("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    const account = event.target.closest("[data-fill-account]");
    if (account) {
      $("#id_username").value = account.dataset.fillAccount;
      $("#id_password").value = account.dataset.fillPassword;
      $("#sign-in .btn-p").focus();
    }
    if (event.target.closest("[data-print]")) window.print();
    const blocked = event.target.closest("[aria-disabled=true]");
    if (blocked) event.preventDefault();
  });

  /* show password */
  function reveals(root) {
    $$("[data-reveal]", root).forEach((button) => {
      button.hidden = false;
      button.onclick = () => {
        const field = document.getElementById(button.dataset.reveal);
        const shown = field.type === "text";
        field.type = shown ? "password" : "text";
        button.setAttribute("aria-pressed", String(!shown));
        button.lastChild.textContent = shown ? words.show : words.hide;
      };
    });
  }

  /* bulk selection: checkboxes named "pick" with an optional data-amount, the head's box has data-pick-page */
  let last = null;
  function count(form) {
    const bar = $("[data-bulk]", form);
    const boxes = $$("input[name=pick]", form);
    const chosen = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr")?.classList.toggle("on", box.checked));
    const page = $("[data-pick-page]", form);
    if (page) { page.checked = chosen.length > 0 && chosen.length === boxes.length; page.indeterminate = chosen.length > 0 && chosen.length < boxes.length; }
    const label = bar && $("[data-bulk-count]", bar);
    if (!label) return;
    const isAll = $("[data-bulk-all]", bar)?.checked;
    bar.toggleAttribute("data-empty", !chosen.length && !isAll);
    if (isAll) { label.textContent = `${label.dataset.some} ${label.dataset.total} ${label.dataset.noun}`; return; }
    const sum = chosen.reduce((total, box) => total + Number(box.dataset.amount || 0), 0);
    const money = sum ? ` · ${sum.toLocaleString("vi-VN").replace(/\u00a0/g, ".")} đ` : "";
    label.textContent = chosen.length ? `${label.dataset.some} ${chosen.length} ${label.dataset.noun}${money}` : label.dataset.none;
  }
  document.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=pick]");
    if (!box) return;
    const boxes = $$("input[name=pick]", box.form || document);
    if (event.shiftKey && last && boxes.includes(last)) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((each) => { each.checked = box.checked; });
    }
    last = box;
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (event.target.matches("[data-pick-page]")) $$("input[name=pick]", form).forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches("input[name=pick],[data-pick-page],[data-bulk-all]")) count(form || document);
    if (event.target.matches("[data-autosubmit]")) form.requestSubmit();
    if (event.target.matches("[data-shortcuts-off]")) localStorage.setItem("keys", event.target.checked ? "off" : "on");
  });

  /* keyboard */
  let chord = "";
  const move = (step) => {
    const rows = $$(".tbl tbody tr").filter((row) => $("a,input[name=pick]", row));
    const at = rows.findIndex((row) => row.classList.contains("at"));
    const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step))];
    if (!next) return;
    rows[at]?.classList.remove("at");
    next.classList.add("at");
    next.scrollIntoView({ block: "nearest" });
  };
  const go = (path) => { if (path && $(`.nav a[href="${path}"],a[data-help][href="${path}"]`)) location.assign(path); };
  /* a letter stands on what it presses; what is blocked gets the focus, with its reason in sight */
  const press = (spot) => {
    const isBlocked = spot.getAttribute("aria-disabled") === "true";
    if (!isBlocked && !typing(spot)) { spot.click(); return; }
    spot.scrollIntoView({ block: "center" });
    spot.focus();
  };
  const keys = {
    "/": () => $("[data-key='/']")?.focus(),
    "?": () => $("#shortcuts")?.showModal(),
    j: () => move(1),
    k: () => move(-1),
    x: () => $("tr.at input[name=pick]")?.click(),
    Enter: () => $("tr.at a")?.click(),
    d: () => { const spot = $("#decision"); spot?.scrollIntoView(); $("button,a,select,textarea,input", spot ?? document.createElement("i"))?.focus(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const within = event.target;
    if ((event.ctrlKey || event.metaKey) && (event.key === "Enter" || event.key === "s")) {
      const form = within.form || within.closest?.("form") || $("form[data-main]");
      if (form && form.method !== "get") { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (within.matches?.(".sheet .cell") && event.key === "Enter") {
      event.preventDefault();
      const cells = $$(`.cell[name="${within.name}"], .cell[data-column="${within.dataset.column}"]`);
      const next = cells[cells.indexOf(within) + (event.shiftKey ? -1 : 1)];
      if (next) next.focus(); else within.blur(); // leaving the cell is what saves it
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(within) || $("dialog[open]") || localStorage.getItem("keys") === "off") return;
    if (event.key === "Enter" && within.closest?.("a,button,summary,[tabindex]:not(main)")) return;
    if (chord === "g") { chord = ""; go({ v: "/", h: "/cases/", d: "/lists/", t: $("[data-help]")?.getAttribute("href") }[event.key]); return; }
    if (event.key === "g") { chord = "g"; setTimeout(() => { chord = ""; }, 1200); return; }
    const spot = /^[a-z]$/.test(event.key) && $(`[data-key=${event.key}]:not([data-empty] button)`);
    if (spot) { event.preventDefault(); press(spot); return; }
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  /* what was typed survives a lost network and an ended session: kept in this tab only, dropped once the server took it */
  const kept = (form) => `typed:${location.pathname}:${form.id}`;
  const texts = (form) => $$("textarea[name],input[type=text][name]", form);
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-keep]");
    if (form) sessionStorage.setItem(kept(form), JSON.stringify(texts(form).map((field) => [field.name, field.value])));
  });
  function restore(root) {
    $$("form[data-keep]", root).forEach((form) => {
      const stored = JSON.parse(sessionStorage.getItem(kept(form)) || "[]");
      const empty = stored.filter(([name, value]) => value && form.elements[name] && !form.elements[name].value);
      empty.forEach(([name, value]) => { form.elements[name].value = value; });
      if (empty.length) toast(words.restored);
    });
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (asksByNumber(form)) { event.preventDefault(); return; }
    if (!navigator.onLine) { event.preventDefault(); toast(words.offline, words.retry, () => form.requestSubmit()); return; }
    const button = event.submitter;
    if (!form.matches("[hx-post],[hx-get],[data-download]") && form.method === "post" && button) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      setTimeout(() => free(form), 8000); // an answer that is a file leaves this page standing
      button.setAttribute("aria-busy", "true");
    }
    if (form.matches("[data-keep]")) sessionStorage.setItem("sent", kept(form));
  });
  /* an identity number never stands in an address: a list's search for one becomes the masthead's, which is sent by POST */
  function asksByNumber(form) {
    const masthead = $(".mast-search");
    const box = form.method === "get" && masthead && $("input[name=q]", form);
    const typed = box && box.value.replace(/[ .-]/g, "");
    // a reference like LC-2021-00115046 has twelve digits too
    if (!box || /^\D\D20\d{10}$/.test(typed) || !/^\D*(\d{9}|\d{12})\D*$/.test(typed)) return false;
    $("[name=q]", masthead).value = box.value;
    masthead.requestSubmit();
    return true;
  }
  const free = (form) => { delete form.dataset.sent; $("[aria-busy]", form)?.removeAttribute("aria-busy"); };
  window.addEventListener("pageshow", () => $$("form[data-sent]").forEach(free));
  document.addEventListener("htmx:sendError", (event) => toast(words.offline, words.retry, () => window.htmx.trigger(event.detail.elt, event.detail.requestConfig?.triggeringEvent?.type || "submit")));
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) toast(words.failed); });

  /* a row of the sheet comes back: what was typed in it meanwhile is kept, and sent once its cell is left */
  let meanwhile = [];
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const sent = detail.requestConfig;
    meanwhile = $$("input.cell[data-column]", detail.target)
      .map((cell) => ({
        column: cell.dataset.column,
        value: cell.value,
        isChanged: cell.value !== (cell === sent.elt ? sent.parameters[cell.name] : cell.defaultValue),
        isActive: cell === document.activeElement,
        at: cell.selectionStart,
      }))
      .filter((cell) => cell.isChanged || cell.isActive);
  });
  const again = (id) => ({ column }) => $(`#${id} [data-column="${column}"]`);
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    meanwhile.forEach((typed) => {
      const cell = again(detail.target.id)(typed);
      if (!cell) return;
      if (typed.isChanged) { cell.value = typed.value; cell.dataset.unsent = "1"; }
      if (typed.isActive) { cell.focus(); cell.setSelectionRange(typed.at, typed.at); }
    });
    meanwhile = meanwhile.filter((typed) => typed.isChanged && !typed.isActive);
  });
  document.addEventListener("htmx:afterSettle", () => {
    meanwhile = [];
    $$(".cell[data-unsent]").filter((cell) => cell !== document.activeElement).forEach((cell) => window.htmx.trigger(cell, "change"));
  });
  document.addEventListener("change", (event) => { delete event.target.dataset?.unsent; }, true);
  document.addEventListener("focusout", (event) => { if (event.target.dataset?.unsent) window.htmx.trigger(event.target, "change"); });

  function prepare(root) {
    reveals(root);
    restore(root);
    new Set($$("input[name=pick]", root).map((box) => box.form || document)).forEach(count);
    $("[data-focus]", root)?.focus();
    const off = $("[data-shortcuts-off]", root);
    if (off) off.checked = localStorage.getItem("keys") === "off";
  }
  /* this page came, so the server has what was sent; unless it asks to sign in first */
  if (!$("[data-sign-in]")) { sessionStorage.removeItem(sessionStorage.getItem("sent") || "sent"); sessionStorage.removeItem("sent"); }
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
  prepare(document);
  $$(".nav [aria-current],.tabs [aria-current],.steps [aria-current]").forEach((part) => part.scrollIntoView({ block: "nearest", inline: "center" }));
})();
