// Narrows a long list of checkboxes by what is typed; what was ticked stays ticked and in sight.
for (const field of document.querySelectorAll("[data-choose]")) {
  const list = document.getElementById(field.dataset.choose);
  const choices = list ? [...list.querySelectorAll(".form-check")] : [];
  const narrow = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const choice of choices) {
      const text = choice.textContent.toLowerCase();
      const ticked = choice.querySelector("input").checked;
      choice.hidden = !ticked && !words.every((word) => text.includes(word));
    }
  };
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    // Enter would send the form while somebody is still looking for a name.
    if (event.key === "Enter") event.preventDefault();
  });
}
