// The one library of the console, from its WebJar.
export { html, svg, render, nothing } from '../webjars/lit-html/lit-html.js';
export { repeat } from '../webjars/lit-html/directives/repeat.js';
