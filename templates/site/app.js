// The pages work without this file. It adds a box that filters the rows of long tables.
"use strict";

function filterBox(table) {
  const rows = [...table.tBodies[0].rows];
  const box = document.createElement("input");
  box.type = "search";
  box.className = "filter";
  box.placeholder = table.dataset.filter;
  box.setAttribute("aria-label", table.dataset.filter);
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
    }
  });
  table.parentElement.before(box);
}

for (const table of document.querySelectorAll("table[data-filter]")) {
  if (table.tBodies.length && table.tBodies[0].rows.length > 12) {
    filterBox(table);
  }
}
