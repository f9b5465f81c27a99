/** What is said in each language: in the window of an emergency, on the card to read aloud, abroad. */
import { expect, test } from './fixtures';

test.describe('in Spanish', () => {
  test.use({ locale: 'es-US', viewport: { width: 720, height: 320 } });

  test('a call, as a screen reader has it, with English first on the card', async ({ screens, page }) => {
    await screens.open('emergency', 'emergency');
    await page.getByTestId('read-aloud').click();
    await expect(page.locator('#app')).toMatchAriaSnapshot(`
      - alert: Llamada de emergencia en curso. Usted está en WS 181, floor 5, 2121 7th Ave, Seattle, WA 98121. Pueden devolverle la llamada al 2 0 6, 5 5 5, 0 1 2 3. Siga en la línea. No cuelgue hasta que se lo digan.
      - main:
        - heading "Llamada de emergencia en curso" [level=1]
        - timer "Duración de la llamada": 00:52
        - heading "Usted está en" [level=2]
        - button "Copiar el número para devolver la llamada": Copiar
        - paragraph:
          - strong: Siga en la línea. No cuelgue hasta que se lo digan.
        - button "Deletrear" [expanded]
        - button "Dispositivos de audio"
        - button "He cambiado de lugar"
        - region "English":
          - heading "English" [level=2]
          - paragraph: I need help. I am at
          - term: Seat
          - definition:
            - strong: WS 181
            - text: Whiskey Sierra, one eight one
          - term: Floor
          - definition:
            - strong: "5"
            - text: five
          - term: Number
          - definition:
            - strong: "2121"
            - text: two one two one
          - term: Street
          - definition:
            - strong: 7th Avenue
            - text: seventh Avenue
          - term: City
          - definition:
            - strong: Seattle, Washington
          - term: ZIP
          - definition:
            - strong: "98121"
            - text: nine eight one two one
          - term: You can call me back on
          - definition: two zero six, five five five, zero one two three
          - paragraph: Stay on the line. Do not hang up until told.
        - region "Español":
          - heading "Español" [level=2]
          - paragraph: Necesito ayuda. Estoy en
          - term: Puesto
          - definition:
            - strong: WS 181
            - text: Whiskey Sierra, uno ocho uno
    `);
    await expect(page.getByTestId('read-aloud-en')).toHaveAttribute('lang', 'en');
    await expect(page.getByTestId('read-aloud-es').getByTestId('read-aloud-number')).toContainText('dos cero seis, cinco cinco cinco, cero uno dos tres');
  });

  test('a test call says so, and never that somebody needs help', async ({ screens, page }) => {
    await screens.open('emergency-test', 'emergency');
    await page.getByTestId('read-aloud').click();
    await expect(page.getByTestId('read-aloud-en')).toContainText('This is a test call.');
    await expect(page.getByTestId('read-aloud-es')).toContainText('Esta es una llamada de prueba.');
    await expect(page.getByText('I need help')).toHaveCount(0);
  });
});

test.describe('in Danish', () => {
  test.use({ locale: 'da-DK', viewport: { width: 720, height: 320 } });

  test('the agent reads Danish first where Danes answer', async ({ screens, page }) => {
    await screens.open('emergency-denmark', 'emergency');
    await expect(page.getByTestId('emergency-title')).toHaveText('Nødopkald i gang');
    await page.getByTestId('read-aloud').click();
    const [first, second] = await page.getByTestId('read-aloud-card').getByRole('region').all();
    await expect(first!).toContainText('Jeg har brug for hjælp.');
    await expect(second!).toContainText('I need help.');
  });
});

test.describe('in French', () => {
  test.use({ locale: 'fr-CA' });

  test('times and what the server says are French too', async ({ screens, page }) => {
    await screens.open('confirmed');
    await expect(page.getByTestId('standing-times')).toContainText('jusqu’à');
    await expect(page.getByTestId('standing-times')).toContainText(/17\s*h\s*30/);
    await screens.play('conflict');
    await expect(page.getByTestId('notice-seat_conflict')).toContainText('dit aussi être à');
  });
});

test('a language is chosen in the settings, changes every word at once and is told to the tray', async ({ screens, page }) => {
  await screens.open('confirmed');
  await page.getByTestId('open-settings').click();
  await expect(page.getByTestId('language')).toHaveValue('own');
  await expect(page.getByTestId('language').locator('option').first()).toHaveText('As this computer: English');
  await page.getByTestId('language').selectOption('da');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Indstillinger');
  await expect(page.locator('html')).toHaveAttribute('lang', 'da');
  await expect(page.getByTestId('language')).toHaveValue('da');
  const spoken = async () => page.evaluate(() => globalThis.fakeHost.called.filter(({ name }) => name === 'speak').map(({ args }) => args));
  expect(await spoken()).toEqual([['en-US', false], ['da-US', true]]);
  await page.getByTestId('back').click();
  await expect(page.getByTestId('standing-word')).toHaveText('Bekræftet');
  await page.getByTestId('open-settings').click();
  await page.getByTestId('language').selectOption('own');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
});

test('a computer abroad says that help does not come from here, and what to dial', async ({ screens, page }) => {
  await screens.open('abroad');
  await expect(page.getByTestId('abroad')).toHaveText(
    'This computer seems to be in Spain. An emergency call from it will not reach local help. Use a local phone and dial 112.',
  );
  await screens.play('abroad-unknown-number');
  await expect(page.getByTestId('abroad')).toContainText('seems to be in Japan');
  await expect(page.getByTestId('abroad')).toContainText('dial the local emergency number');
  await screens.play('confirmed');
  await expect(page.getByTestId('abroad')).toHaveCount(0);
});

test('a call from abroad says it beside the address, not instead of it', async ({ screens, page }) => {
  await screens.open('emergency-abroad', 'emergency');
  await expect(page.getByTestId('abroad')).toContainText('This call may not reach local help. Use a local phone and dial 112.');
  await expect(page.getByTestId('emergency-lines')).toContainText('WS 181, floor 5');
});
