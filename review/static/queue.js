// Saved filters: names and addresses of this list, kept in this browser for whoever is logged in.
// What is read back is taken apart and only its known fields are put into a new address of the list.

const box = document.querySelector("[data-saved]");
if (box) {
  const MOST = 20;
  const { saved: key, path, remove } = box.dataset;
  const known = box.dataset.names.split(" ");
  const list = box.querySelector("[data-saved-list]");
  const none = box.querySelector("[data-saved-none]");
  const name = box.querySelector("[data-saved-name]");

  const plain = (text) => {
    const from = new URLSearchParams(text);
    const to = new URLSearchParams();
    for (const field of known) if (from.get(field)) to.set(field, from.get(field));
    return to.toString();
  };
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
      return (Array.isArray(kept) ? kept : [])
        .filter((one) => typeof one?.name === "string" && typeof one?.query === "string")
        .slice(0, MOST);
    } catch { return []; }
  };
  const write = (kept) => { try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* private windows may keep nothing */ } };

  function show() {
    const kept = read();
    none.hidden = kept.length > 0;
    list.replaceChildren(...kept.map((one) => {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${path}?${plain(one.query)}`;
      link.textContent = one.name;
      const drop = document.createElement("button");
      drop.type = "button";
      drop.textContent = "×";
      drop.setAttribute("aria-label", `${remove} ${one.name}`);
      drop.addEventListener("click", () => {
        write(read().filter((other) => other.name !== one.name));
        show();
        name.focus();
      });
      line.append(link, drop);
      return line;
    }));
  }

  box.querySelector("[data-saved-keep]").addEventListener("click", () => {
    const called = name.value.trim();
    if (!called) { name.focus(); return; }
    const others = read().filter((one) => one.name !== called);
    write([...others, { name: called, query: plain(location.search) }].slice(-MOST));
    name.value = "";
    show();
  });
  name.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); box.querySelector("[data-saved-keep]").click(); }
  });
  box.hidden = false;
  show();
}
