import type { PersonaAct, PersonaView } from '../persona-protocol.ts';
import { drawBlocks } from './blocks.ts';
import { el } from './dom.ts';

/**
 * The open form of the person, as a modal dialog. It is drawn again only when the bot changed it, so that typing is
 * never interrupted; focus and the caret stay where they were.
 */
export function createModal(act: (act: PersonaAct) => Promise<{ options?: unknown }>) {
  const element = el('dialog', {
    'aria-labelledby': 'modal-title',
    cancel: (event) => {
      event.preventDefault();
      void act({ type: 'close-modal' });
    },
  });
  let drawn = '';

  function draw(view: PersonaView): void {
    const { modal } = view;
    if (!modal) {
      if (element.open) element.close();
      drawn = '';
      return;
    }
    const key = JSON.stringify([view.me.id, modal.id, modal.hash, modal.errors]);
    if (key === drawn) return;
    drawn = key;
    const focused =
      document.activeElement instanceof HTMLElement && element.contains(document.activeElement)
        ? document.activeElement
        : undefined;
    const scrolled = element.querySelector('.fields')?.scrollTop ?? 0;
    const title = (modal.view.title as { text: string } | undefined)?.text ?? '';
    const submit = (modal.view.submit as { text: string } | undefined)?.text;
    const close = (modal.view.close as { text: string } | undefined)?.text ?? 'Close';
    const fields = el(
      'div',
      { class: 'fields', tabindex: '0', role: 'group', 'aria-label': title },
      ...drawBlocks(modal.view.blocks, {
        view,
        place: { modal: true },
        act,
        values: modal.values,
        errors: modal.errors,
      }),
    );
    const formError = modal.errors.form;
    element.replaceChildren(
      el(
        'form',
        {
          submit: async (event) => {
            event.preventDefault();
            element.classList.add('busy');
            await act({ type: 'submit' });
            element.classList.remove('busy');
          },
        },
        el('h2', { id: 'modal-title' }, title),
        fields,
        formError ? el('div', { class: 'trouble', role: 'alert' }, formError) : undefined,
        el(
          'div',
          { class: 'modal-buttons' },
          el('button', { type: 'button', class: 'button', click: () => void act({ type: 'close-modal' }) }, close),
          submit ? el('button', { type: 'submit', class: 'button primary' }, submit) : undefined,
        ),
      ),
    );
    if (!element.open) element.showModal();
    fields.scrollTop = scrolled;
    const again = focused?.id ? document.getElementById(focused.id) : undefined;
    again?.focus();
    if (focused instanceof HTMLInputElement && again instanceof HTMLInputElement && focused.type === 'text') {
      again.setSelectionRange(focused.selectionStart, focused.selectionEnd);
    }
    element.querySelector('[role=alert]')?.scrollIntoView({ block: 'center' });
  }

  return {
    element,
    draw,
    forget() {
      drawn = '';
      if (element.open) element.close();
    },
  };
}
