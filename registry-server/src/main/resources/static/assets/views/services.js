import { html } from '../lib.js';
import { t } from '../i18n.js';

export function view() {
	return html`<h1>${t('view.services')}</h1>`;
}
