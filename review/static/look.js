// The first look: arrows move among answers without choosing, a picture opens large, and Enter sends.

import { carefulArrows, enterSends } from "./answers.js";
import { largePictures } from "./large.js";

const form = document.querySelector("[data-answers]");
carefulArrows(form);
enterSends(form);
largePictures();

// Whoever has answered about the face is taken to the hand, unless all of it is on the screen already.
form.addEventListener("input", (event) => {
  if (event.target.name !== "same_person" || form.elements.symbol?.value !== "") return;
  form.querySelector("[data-second]")?.scrollIntoView({ block: "nearest" });
});
