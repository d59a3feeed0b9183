// The evidence: the photo to look at closely, a verdict by keys, the checklist that fills in the reason, marks drawn.

import { carefulArrows, enterSends } from "./answers.js";
import { Drawing } from "./marks.js";
import { largePictures } from "./large.js";
import { Viewer } from "./viewer.js";

largePictures();
const viewer = new Viewer(document.querySelector("[data-viewer]"));
const marks = document.querySelector("[data-mark]");
if (marks) new Drawing(viewer, marks);

const decide = document.querySelector("[data-decide]");
if (decide) {
  carefulArrows(decide);
  enterSends(decide);
  const chosen = () => decide.elements.verdict.value;
  const selects = [...decide.querySelectorAll("select[name^='reason-']")];

  // Only the reason of the verdict that was chosen has to be there.
  const demand = () => {
    for (const select of selects) select.required = select.name === `reason-${chosen()}`;
  };
  const demandNote = () => {
    const select = selects.find((each) => each.name === `reason-${chosen()}`);
    decide.elements.note.required = select?.value === "other";
  };
  decide.addEventListener("change", () => { demand(); demandNote(); });
  decide.addEventListener("input", (event) => {
    const follows = getComputedStyle(decide).position === "sticky"; // it is in view already
    if (event.target.name === "verdict" && !follows) decide.scrollIntoView({ block: "nearest" });
  });
  demand();

  // What is ticked on the checklist becomes the reason wherever it is one; it never chooses the verdict.
  for (const box of document.querySelectorAll("[data-reason]")) {
    box.addEventListener("change", () => {
      for (const select of selects) {
        const fits = [...select.options].some((option) => option.value === box.dataset.reason);
        if (fits && box.checked) select.value = box.dataset.reason;
        else if (fits && select.value === box.dataset.reason) select.selectedIndex = 0;
      }
      demandNote();
    });
  }
}
