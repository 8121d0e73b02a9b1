import { de } from './de.ts';
import { en } from './en.ts';

/** A catalogue has the keys of the English one, no more and no fewer: the compiler says which are missing. */
export const languages = {
  en: { title: 'English', messages: en },
  de: { title: 'Deutsch', messages: de },
} as const;
