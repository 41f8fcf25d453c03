/*
 * What the pages do beyond HTML. Every page works without this file; it makes them quicker to use.
 * All listeners sit on the document, so that parts which are replaced while the page is open keep working.
 */
(function () {
  "use strict";

  const root = document.documentElement;
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const on = (type, selector, act) =>
    document.addEventListener(type, (event) => {
      const target = event.target instanceof Element ? event.target.closest(selector) : null;
      if (target) act(event, target);
    });
  const remember = (name, value) => {
    document.cookie = `${name}=${value}; path=/; max-age=31536000; SameSite=Strict; Secure`;
  };
  const typing = (element) => element instanceof Element && element.matches("input, textarea, select, [contenteditable]");

  /* Sidebar and drawer */
  on("click", "[data-nav-collapse]", (event, button) => {
    const collapsed = root.classList.toggle("nav-collapsed");
    button.setAttribute("aria-expanded", String(!collapsed));
    remember("berth-nav", collapsed ? "collapsed" : "open");
  });
  const drawer = (open) => {
    root.classList.toggle("drawer", open);
    all("[data-drawer]").forEach((button) => button.setAttribute("aria-expanded", String(open)));
    const first = document.querySelector(open ? ".sidebar a" : "[data-drawer]");
    if (first) first.focus();
  };
  on("click", "[data-drawer]", () => drawer(!root.classList.contains("drawer")));
  document.addEventListener("click", (event) => {
    if (root.classList.contains("drawer") && !event.target.closest(".sidebar, [data-drawer]")) drawer(false);
  });

  /* Theme: shown at once, stored behind the scenes */
  on("click", "[data-theme-choice]", (event, button) => {
    event.preventDefault();
    const choice = button.dataset.themeChoice;
    if (choice === "system") delete root.dataset.theme;
    else root.dataset.theme = choice;
    remember("berth-theme", choice);
    all("[data-theme-choice]").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    if (button.form && button.form.dataset.store !== undefined) {
      const data = new URLSearchParams(new FormData(button.form));
      data.set(button.name, button.value || "");
      fetch(button.form.action, { method: "POST", body: data, redirect: "manual" }).catch(() => {});
    }
  });

  /* Menus close when one leaves them */
  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target) || event.target.closest(".menu-item")) menu.open = false;
    });
  });
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!(menu instanceof Element) || !menu.matches("details.menu[open]")) return;
    all("details.menu[open]").forEach((other) => { if (other !== menu) other.open = false; });
    const panel = menu.querySelector(".menu-panel");
    panel.classList.toggle("up", menu.getBoundingClientRect().bottom + panel.offsetHeight + 12 > innerHeight
      && menu.getBoundingClientRect().top > panel.offsetHeight + 70);
  }, true);
  on("keydown", "details.menu[open]", (event, menu) => {
    const items = all(".menu-item:not(:disabled), .menu-check input", menu);
    const at = items.indexOf(document.activeElement);
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length];
      if (next) next.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  /* Dialogs. data-dialog names one; data-set-<name> fills [data-get="<name>"] in it */
  const fill = (dialog, data) => {
    all("[data-get]", dialog).forEach((place) => {
      const value = data["set" + place.dataset.get[0].toUpperCase() + place.dataset.get.slice(1)];
      if (value === undefined) return;
      if (place instanceof HTMLInputElement) place.value = value;
      else place.textContent = value;
    });
    all("[data-must-equal]", dialog).forEach(check);
  };
  function check(input) {
    const wanted = input.closest("form").querySelector("[data-wanted]").textContent.trim();
    const button = input.form.querySelector("[data-guarded]");
    button.disabled = input.value.trim().toLowerCase() !== wanted.toLowerCase();
  }
  on("click", "[data-dialog]", (event, opener) => {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    fill(dialog, opener.dataset);
    dialog.showModal();
    const first = dialog.querySelector("[autofocus], .input, .button");
    if (first) first.focus();
  });
  on("click", "[data-close]", (event, button) => {
    event.preventDefault();
    button.closest("dialog").close();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof HTMLDialogElement && event.target.open) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside && event.detail) event.target.close();
    }
  });
  on("input", "[data-must-equal]", (event, input) => check(input));

  /* data-submit names a form; data-set-<name> fills its inputs before it is sent */
  on("click", "[data-submit]", (event, opener) => {
    const form = document.getElementById(opener.dataset.submit);
    event.preventDefault();
    fill(form, opener.dataset);
    form.querySelector("button[type=submit], input[type=submit]").click();
  });

  /* A form is sent once, unless the page stays: what comes is a file */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || ["search", "download"].some((use) => use in form.dataset) || form.target === "_blank") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "true";
    if (event.submitter) {
      event.submitter.classList.add("busy");
      event.submitter.setAttribute("aria-disabled", "true");
    }
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all(".busy", form).forEach((button) => {
      button.classList.remove("busy");
      button.removeAttribute("aria-disabled");
    });
  }));

  /* Passwords can be shown */
  on("click", "[data-reveal]", (event, button) => {
    const input = button.parentElement.querySelector("input");
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });

  /* A file's text into a field, here in the browser: what it holds goes the same way as what is pasted. Not what the panel would refuse for its length, or is no text */
  all("[data-reads-into]").forEach((file) => { file.closest("label").hidden = false; });
  on("change", "[data-reads-into]", async (event, file) => {
    if (!file.files.length) return;
    const chosen = file.files[0];
    const text = chosen.size > 65536 ? null : await chosen.text();
    const fits = text !== null && !text.includes("\0");
    file.value = "";
    document.getElementById(file.dataset.unless).hidden = fits;
    if (!fits) return;
    const field = document.getElementById(file.dataset.readsInto);
    field.value = text;
    field.focus();
  });

  /* Copy */
  const announce = (text) => {
    const region = document.getElementById("announcements");
    if (region) region.textContent = text;
  };
  on("click", "[data-copy]", async (event, button) => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return;
    }
    button.classList.add("copied");
    announce(button.dataset.copied || "");
    setTimeout(() => button.classList.remove("copied"), 1800);
  });

  /* Times: relative ones age, running ones count */
  const relative = new Intl.RelativeTimeFormat(root.lang || "en", { numeric: "auto" });
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const age = (time) => {
    const seconds = Math.round((Date.parse(time.dateTime) - Date.now()) / 1000);
    const size = Math.abs(seconds);
    if (size > 30 * 86400) return;
    const [unit, length] = units.find(([, each]) => size >= each) || units[3];
    time.textContent = size < 5 ? relative.format(0, "second") : relative.format(Math.trunc(seconds / length), unit);
  };
  const lasting = (time) => {
    const seconds = Math.max(0, (Date.now() - Date.parse(time.dataset.since)) / 1000);
    time.textContent = seconds < 60 ? `${Math.floor(seconds)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  };
  const tell = () => {
    all("time[data-relative]").forEach(age);
    all("[data-since]").forEach(lasting);
  };
  tell();
  setInterval(() => all("[data-since]").forEach(lasting), 1000);
  setInterval(tell, 20000);

  /* Parts of the page are fetched anew and exchanged by id */
  async function exchange(address, ids, signal) {
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin", signal });
    if (answer.redirected && new URL(answer.url).pathname === "/login") {
      location.reload();
      return false;
    }
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    ids.forEach((id) => {
      const before = document.getElementById(id);
      const after = page.getElementById(id);
      if (!before || !after || before.innerHTML === after.innerHTML) return;
      // A status that is replaced as a whole is not read out
      if (before.getAttribute("role") === "status") before.replaceChildren(...after.childNodes);
      else swap(before, after);
    });
    tell();
    return true;
  }
  function swap(before, after) {
    const focused = before.contains(document.activeElement) ? document.activeElement.id : "";
    const folds = new Map(all("details[id]", before).map((fold) => [fold.id, fold.open]));
    const ticked = new Set(all("[data-tick]:checked", before).map((box) => box.value));
    before.replaceWith(after);
    all("details[id]", after).forEach((fold) => {
      if (folds.get(fold.id)) fold.open = true;
    });
    all("[data-tick]", after).forEach((box) => { box.checked = ticked.has(box.value); });
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
    countTicks();
  }

  /* Live parts: data-live lists topics ("jobs", "job-12", "site-3"); pushed messages name theirs */
  let connected = false;
  let pending = false;
  let under = false;
  const wants = (part, topics) => !topics || part.dataset.live.split(" ").some((topic) => topics.includes(topic));
  async function refresh(topics) {
    if (under) {
      pending = true;
      return;
    }
    const parts = all("[data-live]").filter((part) => wants(part, topics));
    if (!parts.length || document.hidden || document.querySelector("dialog[open], details.menu[open]:not(#tray)")) return;
    under = true;
    const bySource = new Map();
    parts.forEach((part) => {
      const source = part.dataset.liveSource || location.href;
      bySource.set(source, [...(bySource.get(source) || []), part.id]);
    });
    try {
      await Promise.all(Array.from(bySource, ([source, ids]) => exchange(source, ids)));
    } catch {
      /* offline: the next round tries again */
    }
    under = false;
    if (pending) {
      pending = false;
      setTimeout(refresh, 200);
    }
  }
  let line = null;
  function listen() {
    if (!document.querySelector("[data-live]") || line) return;
    line = new EventSource("/live");
    line.onopen = () => {
      connected = true;
      // What changed between the page and its line
      if (document.querySelector("[data-live][data-running=true]")) refresh();
    };
    line.onerror = () => { connected = false; };
    line.onmessage = (event) => {
      last = Date.now();
      refresh(JSON.parse(event.data));
    };
  }
  let last = Date.now();
  setInterval(() => {
    const active = document.querySelector("[data-live][data-running=true]");
    // Nobody pushes the answers of name servers
    const looking = document.querySelector("[data-live][data-looking=true]");
    if ((active || looking) && Date.now() - last >= (connected && !looking ? 10000 : 2000)) {
      last = Date.now();
      refresh();
    }
  }, 1000);
  /* A page in the background listens to nothing, so it neither holds a connection nor keeps a session alive */
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      if (line) line.close();
      line = null;
      connected = false;
    } else {
      listen();
      refresh();
    }
  });
  if (!document.hidden) listen();

  /* Lists: search, chips, order and pages without loading the whole page; the address always tells the state */
  const here = () => location.pathname + location.search;
  let shown = here();
  let latest = 0;
  async function show(list, address, step) {
    const turn = ++latest;
    list.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
      const text = await answer.text();
      if (turn !== latest) return;
      const page = new DOMParser().parseFromString(text, "text/html");
      const after = page.getElementById(list.id);
      if (!answer.ok || !after) {
        location.href = address;
        return;
      }
      if (step) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
      shown = here();
      // Forms come back to the list as it is shown
      all("form[method=post]").forEach((form) => { form.action = address; });
      list.replaceWith(after);
      const said = after.querySelector("[data-total]");
      if (said) announce(said.textContent.trim());
      const chips = document.querySelector("[data-chips]");
      const newChips = page.querySelector("[data-chips]");
      if (chips && newChips) chips.replaceWith(newChips);
      const form = document.querySelector("form[data-search]");
      const newForm = page.querySelector("form[data-search]");
      if (form && newForm) all("input[type=hidden]", form).forEach((input) => {
        const other = newForm.querySelector(`input[name="${input.name}"]`);
        input.value = other ? other.value : "";
      });
      tell();
      countTicks();
    } catch {
      location.href = address;
    }
  }
  const address = (form) => {
    const query = new URLSearchParams();
    new FormData(form).forEach((value, name) => { if (value !== "") query.append(name, value); });
    const text = query.toString();
    return location.pathname + (text ? "?" + text : "");
  };
  let soon;
  on("input", "form[data-search] input, form[data-search] select", (event, input) => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      const list = document.querySelector("[data-list]");
      if (list) show(list, address(input.form));
    }, 250);
  });
  document.addEventListener("submit", (event) => {
    const list = document.querySelector("[data-list]");
    if (event.target.dataset.search === undefined || !list) return;
    event.preventDefault();
    show(list, address(event.target));
  });
  on("click", "[data-chips] a, [data-list] th a, [data-list] .list-foot a", (event, link) => {
    const list = document.querySelector("[data-list]");
    if (!list || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const id = link.id;
    show(list, link.href, true).then(() => {
      const again = id && document.getElementById(id);
      if (again) again.focus({ preventScroll: true });
    });
  });

  /* Back to how the list was before a filter, an order or another page was chosen */
  addEventListener("popstate", () => {
    if (here() !== shown) location.reload();
  });

  /* Ticked rows and the bulk bar */
  function countTicks() {
    const boxes = all("[data-tick]");
    const ticked = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr").classList.toggle("ticked", box.checked));
    const bar = document.querySelector(".bulk");
    if (bar) {
      bar.hidden = !ticked.length;
      all("[data-ticked]").forEach((place) => { place.textContent = ticked.length; });
      all("[data-ticked-ids]").forEach((button) => {
        button.dataset.setIds = ticked.map((box) => box.value).join(",");
        button.dataset.setName = ticked.map((box) => box.dataset.name).join(", ");
      });
    }
    const every = document.querySelector("[data-tick-all]");
    if (every) {
      every.checked = boxes.length > 0 && ticked.length === boxes.length;
      every.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
    }
  }
  on("change", "[data-tick]", countTicks);
  on("change", "[data-tick-all]", (event, every) => {
    all("[data-tick]").forEach((box) => { box.checked = every.checked; });
    countTicks();
  });
  on("click", "[data-untick]", () => {
    all("[data-tick]").forEach((box) => { box.checked = false; });
    countTicks();
  });

  /* Columns */
  on("change", "[data-column]", (event, box) => {
    const table = document.querySelector("table[data-columns]");
    table.classList.toggle("hide-" + box.dataset.column, !box.checked);
    const hidden = all("[data-column]").filter((other) => !other.checked).map((other) => other.dataset.column);
    remember("berth-columns-" + table.dataset.columns, hidden.join("."));
  });

  /* Keyboard in lists: arrows walk, enter opens (the focus is on the link), space ticks */
  on("keydown", "[data-list] tbody tr", (event, row) => {
    if (typing(event.target) && !event.target.matches("[data-tick]")) return;
    if (event.target.closest("details[open]")) return;
    const rows = all("tr", row.parentElement);
    const at = rows.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined && !event.ctrlKey && !event.metaKey) {
      const next = rows[to] && rows[to].querySelector(".row-name");
      if (next) next.focus();
      event.preventDefault();
    } else if (event.key === " " && event.target.matches(".row-name")) {
      const box = row.querySelector("[data-tick]");
      if (box) {
        box.checked = !box.checked;
        countTicks();
      }
      event.preventDefault();
    }
  });
  on("keydown", "form[data-search] input[type=search]", (event) => {
    const first = document.querySelector("[data-list] .row-name");
    if (event.key === "ArrowDown" && first) {
      first.focus();
      event.preventDefault();
    }
  });

  /* Search over everything */
  const palette = document.getElementById("palette");
  const openPalette = () => {
    if (!palette || palette.open) return;
    palette.showModal();
    palette.querySelector("input").select();
    find("");
  };
  let finding = 0;
  async function find(text) {
    const turn = ++finding;
    const answer = await fetch(palette.dataset.source + "?q=" + encodeURIComponent(text)).catch(() => null);
    if (!answer || !answer.ok || turn !== finding) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const results = document.getElementById("findings");
    const after = page.getElementById("findings");
    if (after) results.replaceChildren(...after.childNodes);
    choose(0);
  }
  const findings = () => all("#findings .finding");
  function choose(index) {
    const input = palette.querySelector("input");
    input.removeAttribute("aria-activedescendant");
    findings().forEach((finding, at) => {
      finding.id = "finding-" + at;
      finding.classList.toggle("chosen", at === index);
      finding.setAttribute("aria-selected", String(at === index));
      if (at === index) {
        input.setAttribute("aria-activedescendant", finding.id);
        finding.scrollIntoView({ block: "nearest" });
      }
    });
  }
  on("click", "[data-palette]", (event) => {
    event.preventDefault();
    openPalette();
  });
  let foundSoon;
  on("input", "#palette input", (event, input) => {
    clearTimeout(foundSoon);
    foundSoon = setTimeout(() => find(input.value), 150);
  });
  on("keydown", "#palette input", (event) => {
    const found = findings();
    const at = found.findIndex((finding) => finding.classList.contains("chosen"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose((at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (found[at]) found[at].click();
    }
  });
  document.addEventListener("keydown", (event) => {
    if ((event.key === "k" || event.key === "K") && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      openPalette();
    } else if (event.key === "/" && !typing(event.target) && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      openPalette();
    } else if (event.key === "Escape" && root.classList.contains("drawer")) {
      drawer(false);
    }
  });

  /* A form that is checked while one types: its own address, asked with what is typed, answers with the verdicts */
  let checkSoon;
  let checking;
  on("input", "form[data-check]", (event, form) => {
    // A picker asks by itself
    if (event.target.matches("[role=combobox]")) return;
    clearTimeout(checkSoon);
    checkSoon = setTimeout(() => {
      if (checking) checking.abort();
      checking = new AbortController();
      const query = new URLSearchParams();
      new FormData(form).forEach((value, name) => {
        if (!name.startsWith("jakarta.") && name !== form.id && name !== "key") query.append(name, value);
      });
      const parts = form.dataset.checked.split(" ");
      exchange(form.dataset.check + "?" + query, parts, checking.signal).catch((failure) => {
        // A verdict about something else would be worse than none
        if (failure.name !== "AbortError") parts.forEach((id) => document.getElementById(id)?.replaceChildren());
      });
    }, 300);
  });

  /* On phones the current tab may lie beyond the edge */
  all(".tab[aria-current]").forEach((tab) => {
    tab.parentElement.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - tab.parentElement.clientWidth / 2;
  });

  all("dialog[data-open=true]").forEach((dialog) => dialog.showModal());

  /* From the summary of what is wrong into the field */
  on("click", ".wrongs a", (event, link) => {
    const input = document.querySelector(`[data-field="${link.hash.slice(1)}"] :is(input, select, textarea)`);
    if (!input) return;
    event.preventDefault();
    input.focus();
  });

  /* What is wrong with a form is read first */
  const wrongs = document.getElementById("wrongs");
  if (wrongs) {
    if (!document.querySelector("dialog[open]")) wrongs.focus();
    document.title = wrongs.dataset.title + document.title;
  }
  countTicks();
})();
