// What the page knows. Views are functions of it; whoever changes it says so with changed().

export const state = {
	/** Where one is: {view, parts, query}, see router.js. */
	route: null,
	/** Who one is: {principal, role, credentials}; null until the server has said it. */
	caller: null,
	/** The stream: 'connecting', 'live' or 'lost', and since when (milliseconds of Date.now()). */
	connection: { status: 'connecting', since: Date.now() },
	/** When the server last heard of the ensemble (milliseconds of Date.now()); null while it does. */
	outage: null,
};

let draw = () => {};
let drawing = false;

/** Says how the page is drawn; called once. */
export function drawWith(paint) {
	draw = paint;
}

/** Draws the page anew, once for all that changed until the browser's next frame. */
export function changed() {
	if (!drawing) {
		drawing = true;
		// A page in the background has no frames, and shall be right when it is looked at.
		const next = document.hidden ? (paint) => setTimeout(paint, 100) : requestAnimationFrame;
		next(() => {
			drawing = false;
			draw();
		});
	}
}
