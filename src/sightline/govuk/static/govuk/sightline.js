// Starts the Design System's components. Every page works without this file.
const here = document.querySelector("script[data-frontend]");
const { initAll } = await import(here.dataset.frontend);
initAll();
