/** Keys that reload, save or print a page, with Ctrl or Command. */
const WITH_CONTROL = ['r', 's', 'p'];

/**
 * Keeps a page as it is: nothing reloads, saves or prints it, and no menu offers to. What somebody reads aloud
 * must not flicker.
 */
export function keepPage(page: Window): void {
  page.addEventListener('contextmenu', (event) => event.preventDefault());
  page.addEventListener(
    'keydown',
    (event) => {
      const control = (event.ctrlKey || event.metaKey) && WITH_CONTROL.includes(event.key.toLowerCase());
      if (event.key === 'F5' || control) event.preventDefault();
    },
    { capture: true },
  );
}
