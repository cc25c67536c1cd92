import type { SidePanelView } from '../side-panel.ts';
import { el } from './dom.ts';

/** What is worth trying, step by step. Drawn once: whatever is unfolded stays so. */
export function drawGuide(part: HTMLElement, guide: SidePanelView['guide']): void {
  if (part.childElementCount > 0 || guide.length === 0) return;
  // Beside the panel of Aura it leaves room for that; on a phone it has the screen for itself.
  const isAlone = matchMedia('(max-width: 900px)').matches;
  part.append(
    el(
      'details',
      { class: 'scenes', open: isAlone },
      el('summary', {}, `Try this: ${guide.length} scenes`),
      ...guide.map(({ id, title, steps }) =>
        el(
          'details',
          { class: 'scene', id: `try-${id}` },
          el('summary', {}, title),
          el('ol', {}, ...steps.map((step) => el('li', {}, step))),
        ),
      ),
    ),
  );
}
