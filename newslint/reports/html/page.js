"use strict";
// The page works without this: it only adds keys, n for the next finding and p for the one before.
const refs = [...document.querySelectorAll("a.ref")];
const keys = document.querySelector(".keys");
let on = true;
let at = -1;

const noteOf = (ref) => document.getElementById(ref.hash.slice(1));

function go(step) {
  at = (at + step + refs.length) % refs.length;
  refs[at].focus({ preventScroll: true });
  refs[at].scrollIntoView({ block: "center" });
}

document.addEventListener("focusin", ({ target }) => {
  if (!refs.includes(target)) return;
  at = refs.indexOf(target);
  document.querySelector(".current")?.classList.remove("current");
  noteOf(target)?.classList.add("current");
});

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "n") go(1);
  if (event.key === "p") go(at < 0 ? 0 : -1);
});

if (refs.length && keys) {
  keys.hidden = false;
  const button = keys.querySelector("button");
  button.addEventListener("click", () => {
    on = !on;
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Keys are on" : "Keys are off";
  });
}
