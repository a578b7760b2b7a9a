// Runs before anything is drawn, so that what only works with JavaScript is shown with it alone, without a flicker.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
