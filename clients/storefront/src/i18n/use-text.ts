import type { i18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Catalogue } from './en.ts';

type Singular<Key extends string> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;

type KeysOf<Part, Path extends string = ''> = {
  [Key in keyof Part & string]: Part[Key] extends string
    ? `${Path}${Singular<Key>}`
    : KeysOf<Part[Key], `${Path}${Key}.`>;
}[keyof Part & string];

/** Where a text stands in the catalogue, e.g. `menu.title`. */
export type TextKey = KeysOf<Catalogue>;

/** The text of a key in the chosen language; `count` chooses between one and several. */
export type Text = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** What the storefront says. i18next's own types know one catalogue for a whole compilation, and that is the admin's. */
export function useText(): { readonly t: Text; readonly i18n: i18n } {
  const { t, i18n: chosen } = useTranslation();
  return { t: t as unknown as Text, i18n: chosen };
}
